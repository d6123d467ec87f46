// The grid of many instruments: rows come from the server, what is typed is kept and judged, complete rows are handed in.
import { csrf } from "../core/once.js";
import { FIELDS, cellsOf, put, stepOf } from "../core/walk.js";

const PAUSE = 500; // of typing, before it is kept
const AT_ONCE = 200; // rows handed in by one request: all that a grid holds
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const made = (tag, words = "", name = "") => {
  const element = document.createElement(tag);
  if (words) element.textContent = words;
  if (name) element.className = name;
  return element;
};
const lineOf = (name) => name.slice(0, name.lastIndexOf("."));

// Neighbours with the same heading share one: [words, how many].
function runs(names) {
  const found = [];
  names.forEach(([key, words]) => {
    if (found.at(-1)?.key === key) found.at(-1).n += 1;
    else found.push({ key, words, n: 1 });
  });
  return found;
}

class Row {
  constructor(told, columns, words) {
    Object.assign(this, { task: told.task, version: told.version, code: told.code, dirty: false });
    this.element = made("tr");
    const head = made("th");
    head.scope = "row";
    const link = made("a", told.code);
    link.href = told.url;
    link.tabIndex = -1;
    head.append(link, made("small", told.about));
    head.title = `${told.code} ${told.about}`;
    this.fields = columns.map((column) => this.field(column, told));
    this.verdict = made("td", "", "given stays");
    this.element.append(head, ...this.fields.map((field) => field.parentElement), this.verdict);
    this.words = words;
  }

  field(column, told) {
    const field = made(column.kind === "choice" ? "select" : "input");
    if (column.kind === "choice") {
      field.append(new Option("", ""), ...column.choices.map(([value, words]) => new Option(words, value)));
    } else {
      field.autocomplete = "off";
      if (column.kind === "number") field.inputMode = "decimal";
      else field.className = "text";
    }
    field.value = told.fields[column.name] ?? "";
    field.setAttribute("aria-label", [told.code, column.section, column.line, column.label].filter(Boolean).join(" "));
    field.setAttribute("aria-describedby", "sheet-at");
    made("td").append(field);
    return field;
  }

  values(columns) {
    return Object.fromEntries(columns.map((column, at) => [column.name, this.fields[at].value]));
  }

  // What the judge says: which cells are asked for, which are faulty, what the row comes to. False where the grid lacks
  // cells that are asked for now, or their given values.
  tell(told, shapes, columns) {
    const asked = new Set(shapes[told.shape]);
    Object.assign(this, { version: told.version, cells: told.cells, found: told.found, complete: told.complete });
    columns.forEach(({ name }, at) => {
      const [field, cell] = [this.fields[at], this.fields[at].parentElement];
      const own = told.cells[name]?.tone;
      const line = told.cells[`${lineOf(name)}._verdict`]?.tone;
      cell.className = asked.has(name) ? [own && `cell-${own}`, line && `line-${line}`].filter(Boolean).join(" ") : "off";
      field.disabled = !asked.has(name);
      field.toggleAttribute("aria-invalid", own === "bad" || own === "warning" || line === "bad");
    });
    this.verdict.replaceChildren(made("span", told.comes_to.words, `state state-${told.comes_to.tone}`));
    if (told.comes_to.question) this.verdict.append(made("small", told.comes_to.question));
    told.rest.forEach((words) => this.verdict.append(made("small", words)));
    const known = new Set(columns.map((column) => column.name));
    const opened = columns.some(({ name }, at) => this.asked && asked.has(name) && !this.asked.has(name) && !this.fields[at].value);
    this.asked = asked;
    return !opened && [...asked].every((name) => known.has(name));
  }

  refuse(words) {
    this.stale = true;
    const reload = made("a", this.words.reload);
    reload.href = location.href;
    this.verdict.replaceChildren(made("span", words, "tone-bad"), " ", reload);
  }

  handed({ words, record, passed, url }) {
    if (!record) {
      this.verdict.replaceChildren(made("span", words, "state state-bad"));
      return;
    }
    this.record = record;
    this.complete = false;
    this.element.classList.add("handed");
    this.fields.forEach((field) => { field.disabled = true; });
    const link = made("a", record);
    link.href = url;
    this.verdict.replaceChildren(made("span", words, `state state-${passed ? "good" : "bad"}`), " ", link);
  }
}

class Sheet {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.table = form.querySelector("[data-sheet-table]");
    this.hand = form.querySelector("[data-sheet-hand]");
    this.at = form.querySelector("[data-sheet-at]");
    this.rows = [];
    this.steps = [];
    this.table.addEventListener("keydown", (event) => this.walk(event));
    this.table.addEventListener("paste", (event) => this.paste(event));
    this.table.addEventListener("input", (event) => this.changed(this.place(event.target)[0]));
    this.table.addEventListener("focusin", (event) => { this.entered = event.target.value; event.target.select?.(); this.point(event.target); });
    this.table.addEventListener("change", (event) => this.typed(event.target));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.handIn(); });
    addEventListener("beforeunload", (event) => { if (this.waiting().length) event.preventDefault(); });
    this.load();
  }

  async load() {
    const answer = await fetch(this.words.rows).catch(() => null);
    if (!answer?.ok) return this.fault([this.words.lost]);
    const { columns, rows, shapes } = await answer.json();
    this.columns = columns;
    this.rows = rows.map((told) => new Row(told, columns, this.words));
    const body = made("tbody");
    body.append(...this.rows.map((row) => row.element));
    this.table.querySelectorAll("thead, tbody").forEach((part) => part.remove());
    this.table.append(this.head(), body);
    rows.forEach((told, at) => this.rows[at].tell(told, shapes, columns));
    this.count();
  }

  head() {
    const head = made("thead");
    const sections = runs(this.columns.map((column) => [column.name.split("~")[0], column.section]));
    const lines = runs(this.columns.map((column) => [lineOf(column.name), column.line]));
    const single = new Set(lines.filter((line) => !line.words).map((line) => line.key.split("~")[0]));
    const above = [
      sections.map((one) => this.heading(one, single.has(one.key) ? 2 : 1)),
      lines.filter((one) => one.words).map((one) => this.heading(one, 1)),
    ].map((cells) => {
      const row = made("tr");
      row.append(...cells);
      return row;
    });
    const last = made("tr");
    this.columns.forEach(({ label, unit }) => {
      const cell = made("th", label);
      cell.scope = "col";
      if (unit) cell.append(" ", made("span", `(${unit})`, "u"));
      last.append(cell);
    });
    const [first, verdict] = [made("th", this.words.instrument), made("th", this.words.verdict, "stays")];
    [first, verdict].forEach((cell) => { cell.rowSpan = 3; cell.scope = "col"; });
    above[0].prepend(first);
    above[0].append(verdict);
    head.append(...above, last);
    return head;
  }

  heading({ words, n }, down) {
    const cell = made("th");
    Object.assign(cell, { colSpan: n, rowSpan: down, scope: "colgroup" });
    cell.append(made("span", words));
    return cell;
  }

  place(field) {
    const element = field.closest("tr");
    const row = this.rows.findIndex((one) => one.element === element);
    return [row, row < 0 ? -1 : this.rows[row].fields.indexOf(field)];
  }

  // The next field in a direction that can be typed in.
  next(row, column, [down, right]) {
    for (let [at, over] = [row + down, column + right]; ; at += down, over += right) {
      const field = this.rows[at]?.fields[over];
      if (!field || !field.disabled) return field;
    }
  }

  walk(event) {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && event.target.matches(FIELDS)) return this.undo(event);
    if (event.ctrlKey && event.key.toLowerCase() === "d" && event.target.matches(FIELDS)) return this.fillDown(event);
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    this.next(...this.place(event.target), step)?.focus();
  }

  fillDown(event) {
    event.preventDefault();
    const [row, column] = this.place(event.target);
    const above = this.next(row, column, [-1, 0]);
    if (!above) return;
    this.steps.push([this.write(row, column, above.value)]);
    this.changed(row);
    this.entered = event.target.value;
    this.next(row, column, [1, 0])?.focus();
  }

  // Puts a text into a cell; gives what stood there before, so that it can be put back.
  write(at, over, text) {
    const [row, field] = [this.rows[at], this.rows[at].fields[over]];
    const before = { task: row.task, name: this.columns[over].name, text: field.value };
    put(field, text);
    return before;
  }

  typed(field) {
    const [at, over] = this.place(field);
    if (at >= 0 && field.value !== this.entered) this.steps.push([{ task: this.rows[at].task, name: this.columns[over].name, text: this.entered }]);
    this.entered = field.value;
  }

  // While one types in a cell the browser takes back letter by letter; else the last step is taken back as a whole,
  // which the browser can't: it knows nothing of cells that a script has filled.
  undo(event) {
    if (event.target.value !== this.entered) return;
    event.preventDefault();
    const cells = (this.steps.pop() ?? []).map(({ task, name, text }) => [this.rows.findIndex((row) => row.task === task && !row.record), this.columns.findIndex((one) => one.name === name), text]);
    const back = cells.filter(([at, over]) => at >= 0 && over >= 0);
    back.forEach(([at, over, text]) => { this.write(at, over, text); this.changed(at); });
    if (back.length) this.rows[back[0][0]].fields[back[0][1]].focus();
    this.entered = document.activeElement.value;
    this.tellCount(back.length ? filled(this.words.undone, { n: back.length }) : this.words.nothing);
  }

  paste(event) {
    const cells = cellsOf(event);
    if (!cells) return;
    event.preventDefault();
    const [top, left] = this.place(event.target);
    const before = [];
    let lost = 0;
    cells.forEach((line, down) => {
      const row = this.rows[top + down];
      line.forEach((value, right) => {
        const field = row?.fields[left + right];
        if (field && !field.disabled) before.push(this.write(top + down, left + right, value));
        else if (value) lost += 1;
      });
      if (row) this.changed(top + down);
    });
    this.steps.push(before);
    this.entered = event.target.value;
    this.tellCount(filled(lost ? this.words.lostCells : this.words.pasted, { n: before.length, lost }));
  }

  changed(at) {
    if (at < 0) return;
    this.rows[at].dirty = true;
    this.rows[at].complete = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  waiting() {
    return this.rows.filter((row) => row.dirty && !row.stale && !row.record);
  }

  async keep() {
    const rows = this.waiting();
    if (!rows.length) return true;
    if (this.busy) { this.again = true; return false; }
    this.busy = true;
    this.tellSave(this.words.saving);
    rows.forEach((row) => { row.dirty = false; });
    const sent = Object.fromEntries(rows.map((row) => [row.task, { version: row.version, fields: row.values(this.columns) }]));
    const answer = await this.post(this.words.keep, JSON.stringify({ rows: sent }), { "Content-Type": "application/json" });
    this.busy = false;
    if (!answer?.ok) return this.keepLater(rows);
    const fits = this.judged(await answer.json());
    this.tellSave(this.words.saved);
    this.count();
    if (this.again || this.waiting().length) { this.again = false; return this.keep(); }
    if (!fits) await this.widen();
    return true;
  }

  keepLater(rows) {
    rows.forEach((row) => { row.dirty = true; });
    this.tellSave(this.words.unsaved);
    this.timer = setTimeout(() => this.keep(), 10 * PAUSE);
    return false;
  }

  judged({ rows, shapes, stale }) {
    const byTask = new Map(this.rows.map((row) => [row.task, row]));
    Object.entries(stale).forEach(([task, words]) => byTask.get(Number(task))?.refuse(words));
    const fit = rows.map((told) => byTask.get(told.task).tell(told, shapes, this.columns));
    this.point(document.activeElement);
    return fit.every(Boolean);
  }

  // A particular that asks for other readings: the grid is drawn anew, one stays where one was.
  async widen() {
    const [row, column] = this.table.contains(document.activeElement) ? this.place(document.activeElement) : [-1, -1];
    const name = this.columns[column]?.name;
    await this.load();
    this.rows[row]?.fields[this.columns.findIndex((one) => one.name === name)]?.focus();
  }

  post(url, body, headers = {}) {
    return fetch(url, { method: "POST", headers: { ...headers, "X-CSRFToken": csrf() }, body }).catch(() => null);
  }

  // What is to be known of the cell in which one is, in the line below the grid.
  point(field) {
    if (!field?.matches?.(FIELDS) || !this.table.contains(field)) return;
    const [at, over] = this.place(field);
    const [row, column] = [this.rows[at], this.columns[over]];
    const told = [row.cells[column.name]].filter(Boolean).map(({ tone, words }) => made("span", words, `tone-${tone}`));
    (row.found[`${lineOf(column.name)}._verdict`] ?? []).forEach(({ title, text, tone }) => {
      told.push(made("span", [title, text].filter(Boolean).join(" "), `tone-${tone}`));
    });
    const where = [row.code, column.section, column.line, column.label].filter(Boolean).join(" · ");
    this.at.replaceChildren(where, ...told.flatMap((one) => [" — ", one]));
  }

  count() {
    const n = this.rows.filter((row) => row.complete && !row.record).length;
    this.hand.disabled = !n;
    this.hand.textContent = n ? filled(this.words.hand, { n }) : this.words.none;
  }

  async handIn() {
    this.hand.disabled = true;
    this.fault([]);
    if (!(await this.keep())) { this.count(); return; }
    const all = this.rows.filter((row) => row.complete && !row.record);
    let done = 0;
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const reported = await this.handSome(all.slice(from, from + AT_ONCE));
      if (!reported) break;
      done += reported;
      this.tellCount(filled(this.words.handing, { done, all: all.length }));
    }
    if (done) this.tellCount(filled(this.words.handed, { done, rest: all.length - done }));
    this.count();
  }

  async handSome(rows) {
    const asked = new FormData(this.form);
    rows.forEach((row) => asked.append("task", row.task));
    const answer = await this.post(this.words.submit, asked);
    const told = await answer?.json().catch(() => null);
    if (!answer?.ok) {
      const faults = Object.entries(told?.faults ?? {}).map(([name, words]) => `${name} ${words.join(" ")}`);
      this.fault(faults.length ? faults : [told?.detail ?? this.words.lost]);
      return 0;
    }
    const byTask = new Map(rows.map((row) => [row.task, row]));
    told.rows.forEach((one) => byTask.get(one.task)?.handed(one));
    return told.rows.filter((one) => one.record).length;
  }

  fault(words) {
    const box = this.form.querySelector("[data-sheet-faults]");
    box.replaceChildren(...words.map((one) => made("p", one)));
    box.hidden = !words.length;
    if (words.length) box.scrollIntoView({ block: "center" });
  }

  tellSave(words) { this.form.querySelector("[data-sheet-save]").textContent = words; }

  tellCount(words) { this.form.querySelector("[data-sheet-count]").textContent = words; }
}

document.querySelectorAll("[data-sheet]").forEach((form) => new Sheet(form));
