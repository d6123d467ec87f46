// The grid of measured values: arrows and Enter walk, a sheet is pasted, verdicts come as one types, drafts are kept.
import { csrf, fresh } from "./once.js";
import { FIELDS, cellsOf, put, stepOf } from "./walk.js";

const kits = new WeakMap();

export function wakeGrids(root) {
  fresh(root, "[data-grid]").forEach((element) => kits.set(element, new Grid(element)));
}

const gridsOf = (form) => [...form.querySelectorAll("[data-grid]")];
const shapeOf = (grid) => [...grid.querySelectorAll(FIELDS)].map((field) => field.name).join();

// The rows of the other grids hang on what stands in the one that leads: they are drawn anew, what is typed stays.
async function follow(leader, tries = 10) {
  const form = leader.closest("form");
  const others = () => gridsOf(form).filter((one) => one !== leader);
  const typing = () => others().some((one) => kits.get(one)?.dirty);
  const answer = typing() ? null : await fetch(location.href).catch(() => null);
  if (!answer?.ok || typing()) {
    if (tries) setTimeout(() => follow(leader, tries - 1), 1000);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const wanted = [...page.querySelectorAll("form [data-grid]")].filter((one) => one.dataset.grid !== leader.dataset.grid);
  const here = new Map(others().map((one) => [one.dataset.grid, one]));
  let last = leader;
  wanted.forEach((one) => {
    const old = here.get(one.dataset.grid);
    here.delete(one.dataset.grid);
    if (old && shapeOf(old) === shapeOf(one)) { kits.get(old)?.judge(); last = old; return; }
    const focus = old?.contains(document.activeElement) ? document.activeElement.name : "";
    if (old) old.replaceWith(one); else last.after(one);
    wakeGrids(form);
    if (focus) one.querySelector(`[name="${CSS.escape(focus)}"]`)?.focus();
    last = one;
  });
  here.forEach((gone) => gone.remove());
}

// What a computed cell shows: one text, or a line for each thing that was judged there.
function figures(filled) {
  if (typeof filled === "string") return [filled];
  return filled.map(({ title, text, tone }) => {
    const line = document.createElement("span");
    line.className = `tone-${tone}`;
    line.textContent = title ? `${title} ${text}` : text;
    return line;
  });
}

// What all grids of the page come to together, and a question that may hang on it.
function conclude({ tone, words, proposed, question }) {
  const told = document.querySelector("[data-conclusion]");
  if (!told) return;
  told.className = `state state-${tone}`;
  told.textContent = words;
  const asked = document.querySelector("[data-proposal]");
  if (!asked) return;
  const box = asked.querySelector("[data-proposed]");
  if (box.value !== (proposed ?? "")) asked.querySelectorAll("input").forEach((one) => { one.checked = false; });
  asked.hidden = !proposed;
  box.value = proposed ?? "";
  if (question) asked.querySelector("[data-proposal-question]").textContent = question;
}

class Grid {
  constructor(element) {
    this.element = element;
    this.version = Number(element.dataset.version);
    this.read();
    if (element.dataset.grows !== undefined) this.wakeRows();
    element.addEventListener("keydown", (event) => this.walk(event));
    element.addEventListener("paste", (event) => this.paste(event));
    element.addEventListener("input", () => this.changed());
    element.addEventListener("focusin", (event) => event.target.select?.());
    element.closest("form")?.addEventListener("submit", () => { this.dirty = false; });
    addEventListener("beforeunload", (event) => { if (this.dirty) event.preventDefault(); });
    if (element.dataset.verdict) this.judge();
  }

  read() {
    this.rows = [...this.element.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(FIELDS)]);
  }

  wakeRows() {
    this.element.querySelectorAll("[data-row-add], [data-row-remove]").forEach((button) => { button.hidden = false; });
    this.element.addEventListener("click", (event) => {
      if (event.target.closest("[data-row-add]")) this.addRow();
      const remove = event.target.closest("[data-row-remove]");
      if (remove) this.removeRow(remove.closest("tr"));
    });
  }

  addRow() {
    const all = [...this.element.querySelectorAll("tbody tr")];
    const last = all.at(-1);
    const number = 1 + Math.max(...all.map((row) => Number(row.dataset.row.split("~").at(-1))));
    const old = last.dataset.row;
    const key = `${this.element.dataset.grid}~${number}`;
    const row = last.cloneNode(true);
    row.dataset.row = key;
    row.querySelectorAll("*").forEach((part) => [...part.attributes].forEach((one) => {
      if (one.value.startsWith(`${old}.`)) part.setAttribute(one.name, key + one.value.slice(old.length));
    }));
    row.querySelectorAll(FIELDS).forEach((field) => { field.value = ""; });
    row.querySelectorAll("[data-cell]").forEach((cell) => this.mark(cell, undefined, ""));
    row.querySelector("[data-row-label]").textContent = number + 1;
    last.after(row);
    this.read();
    row.querySelector(FIELDS)?.focus();
  }

  removeRow(row) {
    if (this.rows.length > 1) row.remove();
    else row.querySelectorAll(FIELDS).forEach((field) => { field.value = ""; });
    this.read();
    this.changed();
  }

  place(field) {
    const row = this.rows.findIndex((fields) => fields.includes(field));
    return [row, row < 0 ? -1 : this.rows[row].indexOf(field)];
  }

  walk(event) {
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    const [row, column] = this.place(event.target);
    this.rows[row + step[0]]?.[column + step[1]]?.focus();
  }

  paste(event) {
    const cells = cellsOf(event);
    if (!cells) return;
    event.preventDefault();
    const [top, left] = this.place(event.target);
    cells.forEach((line, down) => line.forEach((value, right) => {
      const field = this.rows[top + down]?.[left + right];
      if (field && !field.disabled) put(field, value);
    }));
    this.changed();
  }

  changed() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.judge(); this.save(); }, 500);
  }

  values() {
    const rows = {};
    this.rows.flat().forEach((field) => {
      const dot = field.name.indexOf(".");
      (rows[field.name.slice(0, dot)] ??= {})[field.name.slice(dot + 1)] = field.value;
    });
    return rows;
  }

  post(url) {
    return fetch(url, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ rows: this.values(), version: this.version }),
    }).catch(() => null);
  }

  async judge() {
    const url = this.element.dataset.verdict;
    if (!url) return;
    const asked = (this.asked = Symbol("asked"));
    const answer = await this.post(url);
    if (!answer?.ok || asked !== this.asked) return;
    const { cells = {}, fill = {}, summary, conclusion } = await answer.json();
    if (conclusion) conclude(conclusion);
    this.element.querySelectorAll("[data-cell]").forEach((cell) => this.mark(cell, cells[cell.dataset.cell], fill[cell.dataset.cell]));
    const told = this.element.querySelector("[data-grid-verdict]");
    told.className = summary ? `grid-verdict state state-${summary.tone}` : "grid-verdict";
    told.textContent = summary?.words ?? "";
  }

  mark(cell, verdict, filled) {
    cell.classList.remove("cell-good", "cell-bad", "cell-warning", "cell-open");
    if (verdict) cell.classList.add(`cell-${verdict.tone}`);
    const words = cell.querySelector(".cell-verdict");
    words.textContent = verdict?.words ?? "";
    const field = cell.querySelector(FIELDS);
    field?.toggleAttribute("aria-invalid", verdict?.tone === "bad");
    if (field && verdict) field.setAttribute("aria-describedby", words.id);
    const given = cell.querySelector("[data-given]");
    if (given && (filled !== undefined || cell.classList.contains("stays"))) given.replaceChildren(...figures(filled ?? ""));
  }

  async save() {
    const { save: url, saving, saved, unsaved } = this.element.dataset;
    if (!url || this.stale) return;
    if (this.busy) { this.again = true; return; }
    this.busy = true;
    this.tell(saving);
    const sent = JSON.stringify(this.values());
    const answer = await this.post(url);
    this.busy = false;
    if (answer?.status === 409) return this.refuse(await answer.json());
    if (!answer?.ok) {
      this.tell(unsaved);
      this.timer = setTimeout(() => this.save(), 5000);
      return;
    }
    this.version = (await answer.json()).version;
    this.dirty = JSON.stringify(this.values()) !== sent;
    this.tell(saved);
    if (this.again || this.dirty) { this.again = false; this.save(); }
    else if (this.element.dataset.leads !== undefined) follow(this.element);
  }

  tell(words) {
    this.element.querySelector("[data-grid-save]").textContent = words;
  }

  refuse(answer) {
    this.stale = true;
    this.tell("");
    const notice = this.element.querySelector("[data-grid-stale]");
    const reload = document.createElement("a");
    reload.href = location.href;
    reload.textContent = this.element.dataset.stale;
    notice.replaceChildren(answer.words, " ", reload);
    notice.hidden = false;
  }
}
