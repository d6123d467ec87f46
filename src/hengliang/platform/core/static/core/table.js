// Tables: a row opens, many are ticked, arrows walk, and what is being typed survives a refresh.
import { fresh } from "./once.js";

export function wakeTables(root) {
  fresh(root, "[data-table]").forEach((table) => {
    table.addEventListener("click", open);
    table.addEventListener("keydown", walk);
    table.addEventListener("htmx:beforeSwap", keepTyping);
    table.querySelector("[data-filter-toggle]")?.addEventListener("click", unfold);
    if (unfolded.has(table.id)) fold(table.querySelector("[data-filter-toggle]"), true);
  });
  fresh(root, "[data-many]").forEach(many);
}

// Filters unfolded on a phone stay so when the table is refreshed.
const unfolded = new Set();

function unfold(event) {
  const toggle = event.currentTarget;
  fold(toggle, toggle.getAttribute("aria-expanded") !== "true");
}

function fold(toggle, shown) {
  toggle.setAttribute("aria-expanded", String(shown));
  toggle.form.classList.toggle("is-open", shown);
  unfolded[shown ? "add" : "delete"](toggle.closest("[data-table]").id);
}

function open(event) {
  const row = event.target.closest("tr[data-opens]");
  if (!row || event.target.closest("a, button, input, label, summary") || String(getSelection())) return;
  const link = row.querySelector("a.open") ?? row.querySelector("a[href]");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href);
  else link.click();
}

function walk(event) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || !event.target.matches("a.open, .tick input")) return;
  const row = event.target.closest("tr");
  const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  const same = next?.querySelector(event.target.matches("a") ? "a.open" : ".tick input");
  if (!same) return;
  event.preventDefault();
  same.focus();
}

function keepTyping(event) {
  const typed = document.activeElement;
  if (typed?.type !== "search" || !event.currentTarget.contains(typed)) return;
  const asked = new URL(event.detail.xhr.responseURL).searchParams.get(typed.name) ?? "";
  // The reader has typed on since the request left: this answer is old, the next one is on its way.
  if (asked.trim() !== typed.value.trim() && event.detail.requestConfig.triggeringEvent?.type === "input") event.detail.shouldSwap = false;
}

function many(form) {
  const bar = form.querySelector("[data-manybar]");
  const everything = form.querySelector("[data-all-matching]");
  const head = form.querySelector("[data-tick-all]");
  const boxes = [...form.querySelectorAll("tbody .tick input")];
  const told = form.querySelector("[data-ticked]");
  const count = () => {
    const ticked = boxes.filter((one) => one.checked).length;
    bar.classList.toggle("in-use", ticked > 0 || everything.checked);
    head.checked = ticked === boxes.length;
    head.indeterminate = ticked > 0 && ticked < boxes.length;
    told.textContent = everything.checked ? "" : told.dataset.words.replace("#", ticked);
    boxes.forEach((one) => { one.disabled = everything.checked; });
  };
  head.addEventListener("change", () => {
    boxes.forEach((one) => { one.checked = head.checked; });
    if (!head.checked) everything.checked = false;
    count();
  });
  form.addEventListener("change", count);
  form.addEventListener("click", (event) => {
    const box = event.target.closest("tbody .tick input");
    if (box && event.shiftKey && many.last && boxes.includes(many.last)) {
      const [from, to] = [boxes.indexOf(many.last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      count();
    }
    if (box) many.last = box;
  });
  count();
}
