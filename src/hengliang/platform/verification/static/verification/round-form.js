// The form of a measurement, drawn from the rule that the package brought; what stands in it is the record's JSON.
import { amount, judge, terms } from "./round-judge.js";

export function make(tag, told = {}, ...inside) {
  const element = document.createElement(tag);
  Object.entries(told).forEach(([name, value]) => {
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  });
  element.append(...inside.filter((one) => one !== null && one !== undefined));
  return element;
}

// A Chinese keyboard gives digits of full width and its full stop, a page the sign of a minus; a record has none of them.
const figure = (text) => text.normalize("NFKC").replace(/\u2212/g, "-").replace(/。/g, ".").trim();
const typedIn = (one) => (one.tagName === "INPUT" ? figure(one.value) : one.value.trim());

export class Measurement {
  constructor(rule, line, data, words) {
    this.rule = rule;
    this.words = words;
    this.regime = rule.regime;
    this.data = data ?? { instrument: line.particulars ?? {}, parts: line.parts ?? [], items: {} };
    this.element = make("div", { class: "measure", oninput: () => this.changed(), onchange: () => this.changed() });
    this.draw();
  }

  unit(told) { return told.replace("CNY", this.words.money); }

  titled(title) { return this.words.language.startsWith("zh") ? title.zh : title.en; }

  draw() {
    const given = this.data.instrument ?? {};
    const particulars = make("fieldset", { class: "round-card", "data-section": "instrument" },
      make("legend", { text: this.words.particulars }),
      make("div", { class: "cells" }, ...this.rule.attributes.map((cell) => this.field(cell, given[cell.id] ?? cell.default ?? ""))));
    const parts = this.rule.part ? make("fieldset", { class: "round-card" }, make("legend", { text: this.titled(this.rule.part) }),
      make("input", { "data-parts": true, value: (this.data.parts ?? []).join(" "), "aria-label": this.titled(this.rule.part) })) : null;
    const known = this.known(given);
    const asked = this.rule.items.filter((item) => item.asked && item.readings === null && Object.entries(item.when).every(([name, allowed]) => !given[name] || allowed.includes(given[name])));
    this.element.replaceChildren(particulars, ...(parts ? [parts] : []), ...asked.map((item) => this.item(item, known)));
    this.mark();
  }

  known(given) {
    const known = {};
    this.rule.attributes.forEach((cell) => { const text = given[cell.id] ?? cell.default; if (text) known[cell.id] = cell.kind === "number" ? Number(text) : text; });
    return known;
  }

  item(item, known) {
    const rows = this.data.items?.[item.id] ?? [];
    const box = make("fieldset", { class: "round-card", "data-item": item.id },
      make("legend", { text: this.titled(item.title) }, ...(item.unit !== "1" ? [make("span", { class: "u", text: ` (${this.unit(item.unit)})` })] : [])));
    const parts = item.per_part && this.data.parts?.length ? this.data.parts : [undefined];
    const points = item.points.filter((point) => Object.entries(point.when).every(([name, allowed]) => allowed.includes(known[name])));
    if (item.points.length) {
      parts.forEach((part) => points.forEach((point) => {
        box.append(this.row(item, rows.find((row) => row.point === point.id && row.part === part) ?? {}, { part, point: point.id }, this.titled(point.title)));
      }));
    } else if (parts[0] !== undefined) {
      parts.forEach((part) => box.append(this.row(item, rows.find((row) => row.part === part) ?? {}, { part }, part)));
    } else {
      const wanted = this.wanted(item, known);
      const count = Math.max(item.at_least || 1, rows.length);
      for (let at = 0; at < count; at += 1) box.append(this.row(item, rows[at] ?? {}, {}, count > 1 ? String(at + 1) : "", rows.length ? {} : wanted[at] ?? {}));
      if (item.cells.some((cell) => cell.kind === "number")) {
        box.append(make("button", { type: "button", class: "button", "data-more": true, text: this.words.more, onclick: (event) => event.target.before(this.row(item, {}, {}, String(box.querySelectorAll("[data-row]").length + 1))) }));
      }
    }
    if (item.optional) box.append(make("label", { class: "left-out" }, make("span", { text: this.words.leftOut }), make("input", { "data-left-out": item.id, value: this.data.not_applicable?.[item.id] ?? "" })));
    return box;
  }

  // The loads that must be among the rows, put where they will be looked for: the first and the last.
  wanted(item, known) {
    const found = {};
    item.include.forEach(({ cell, at, unless_above: above }, index) => {
      const value = amount(terms(at), known);
      if (Number.isNaN(value) || (above !== null && value > amount(terms(above), known))) return;
      const place = index === item.include.length - 1 && item.include.length > 1 ? (item.at_least || 1) - 1 : index;
      found[place] = { ...found[place], [cell]: String(value) };
    });
    return found;
  }

  row(item, row, keys, label, wanted = {}) {
    const line = make("div", { class: "cells-row", "data-row": true, "data-part": keys.part, "data-point": keys.point, role: "group", "aria-label": label || this.titled(item.title) });
    if (label) line.append(make("b", { text: label }));
    line.append(...item.cells.map((cell) => this.field(cell, row[cell.id] ?? "", wanted[cell.id])));
    for (let run = 0; run < item.runs; run += 1) {
      line.append(...item.run_cells.map((cell) => this.field(cell, row.runs?.[run]?.[cell.id] ?? "", undefined, run)));
    }
    line.append(make("output", { class: "row-verdict" }));
    return line;
  }

  field(cell, value, wanted, run) {
    const told = { "data-cell": cell.id, "data-run": run, "data-wanted": wanted !== undefined && value === "" };
    const title = this.titled(cell.title) + (run === undefined ? "" : ` ${run + 1}`) + (cell.unit === "1" ? "" : ` (${this.unit(cell.unit)})`);
    const choices = cell.kind === "check" ? [["yes", this.words.yes], ["no", this.words.no]] : cell.choices.map((one) => [one, cell.words[one] ? this.titled(cell.words[one]) : one]);
    const input = cell.kind === "number" ? make("input", { ...told, inputmode: "decimal", autocomplete: "off", value: value || wanted || "" })
      : make("select", told, make("option", { value: "", text: "" }), ...choices.map(([key, text]) => make("option", { value: key, text, selected: key === value })));
    return make("label", {}, make("span", { text: title }), input);
  }

  read() {
    const items = {}, leftOut = {}, cells = (box, run) => Object.fromEntries([...box.querySelectorAll("[data-cell]")]
      .filter((one) => one.dataset.run === run && one.value.trim() !== "").map((one) => [one.dataset.cell, typedIn(one)]));
    this.element.querySelectorAll("[data-item]").forEach((box) => {
      const rows = [...box.querySelectorAll("[data-row]")].map((line) => {
        const typed = [...line.querySelectorAll("[data-cell]")].some((one) => one.value.trim() !== "" && !("wanted" in one.dataset));
        if (!typed) return null;
        const row = { ...(line.dataset.part ? { part: line.dataset.part } : {}), ...(line.dataset.point ? { point: line.dataset.point } : {}), ...cells(line) };
        const runs = new Set([...line.querySelectorAll("[data-run]")].map((one) => one.dataset.run));
        return runs.size ? { ...row, runs: [...runs].map((run) => cells(line, run)) } : row;
      }).filter(Boolean);
      if (rows.length) items[box.dataset.item] = rows;
    });
    this.element.querySelectorAll("[data-left-out]").forEach((one) => { if (one.value.trim()) leftOut[one.dataset.leftOut] = one.value.trim(); });
    const parts = this.element.querySelector("[data-parts]")?.value.split(/[\s,，、]+/).filter(Boolean) ?? [];
    const instrument = cells(this.element.querySelector("[data-section=instrument]"));
    return { regime: this.regime, instrument, items, ...(parts.length ? { parts } : {}), ...(Object.keys(leftOut).length ? { not_applicable: leftOut } : {}) };
  }

  // What stands there is kept; where particulars or parts change, the rows that hang on them are drawn anew.
  changed() {
    const leads = document.activeElement?.closest("[data-section=instrument]") || document.activeElement?.matches("[data-parts]");
    const focus = document.activeElement?.dataset.cell, at = document.activeElement?.selectionStart;
    this.data = this.read();
    if (leads && !Object.keys(this.data.items).length && focus) {
      this.draw();
      const field = this.element.querySelector(`[data-section=instrument] [data-cell="${focus}"]`);
      field?.focus();
      if (field?.setSelectionRange && at !== undefined) field.setSelectionRange(at, at);
    } else this.mark();
    this.element.dispatchEvent(new CustomEvent("measured", { detail: this.verdict, bubbles: true }));
  }

  mark() {
    this.verdict = judge(this.rule, this.read());
    this.element.querySelectorAll("[data-item]").forEach((box) => {
      const told = this.verdict.items[box.dataset.item];
      const typed = [...box.querySelectorAll("[data-row]")].filter((line) => [...line.querySelectorAll("[data-cell]")].some((one) => one.value.trim() !== "" && !("wanted" in one.dataset)));
      box.querySelectorAll(".row-verdict").forEach((one) => { one.textContent = ""; one.className = "row-verdict"; });
      typed.forEach((line, at) => this.show(line.querySelector(".row-verdict"), told?.rows[at] ?? []));
    });
  }

  show(output, points) {
    const told = points.find((one) => one.verdict === "fail") ?? points.find((one) => one.verdict);
    if (!told) return;
    const limit = told.high === undefined || (told.low === null && told.high === null) ? "" : told.low === null ? `≤ ${told.high}` : told.high === null ? `≥ ${told.low}` : -told.low === told.high ? `±${told.high}` : `${told.low} … ${told.high}`;
    output.className = `row-verdict verdict-${told.verdict}`;
    output.textContent = [told.verdict === "pass" ? "✓" : "◆", told.value === undefined ? "" : String(told.value), limit && `(${limit})`, this.words[told.verdict]].filter(Boolean).join(" ");
  }
}
