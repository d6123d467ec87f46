// The list of a round: by stop and stall, each with its state in words; narrowed by a text or a state.
import { make } from "./round-form.js";

const TOLD = ["conflict", "held", "measured", "failed", "passed", "absent", "refused", "not_found", "unknown"];
const STATES = ["open", "passing", "failing", ...TOLD];

// What the platform said when the entry was synchronised; before, what the device makes of it. An entry that the
// platform did not take waits for its verifier.
export function stateOf(entry) {
  if (!entry) return "open";
  if (entry.synchronised) return TOLD.includes(entry.synchronised) ? entry.synchronised : "held";
  return entry.kind === "measured" ? { pass: "passing", fail: "failing" }[entry.provisional] ?? "measured" : entry.kind;
}

// A state with its colour and shape, as the platform draws it.
export function tag(state, words) {
  const holder = document.createElement("template");
  holder.innerHTML = words.tags[state];
  const drawn = holder.content.firstElementChild;
  drawn.dataset.state = state;
  return drawn;
}

// A code as it is typed, on any keyboard, with or without its dash.
export const plain = (text) => (text ?? "").normalize("NFKC").toLowerCase().replace(/[\s-]/g, "");

// What a camera reads off a label is an address: the number that it asks for, or the code at its end.
function needleOf(text) {
  const told = text.trim();
  if (!/^https?:/i.test(told)) return plain(told);
  const number = told.match(/[?&]number=([^&#]+)/)?.[1];
  return plain(number ? decodeURIComponent(number) : told.replace(/[?#].*$/, "").replace(/\/+$/, "").split("/").pop());
}

const found = ({ line, entry }, needle) => [line.code, line.serial, line.stall, line.owner, line.name, line.model, entry?.label]
  .some((text) => plain(text).includes(needle));

// The lines that a text and a state leave.
export function matching(all, { needle, chosen }) {
  const wanted = needleOf(needle);
  return all.filter((one) => (!chosen || one.state === chosen) && (!wanted || found(one, wanted)));
}

export function drawCounts(box, all, chosen, words, choose) {
  const counts = {};
  all.forEach(({ state }) => { counts[state] = (counts[state] ?? 0) + 1; });
  box.replaceChildren(...STATES.filter((state) => counts[state] || state === chosen).map((state) => make("button", {
    type: "button", class: "button round-count", "data-count": state, "aria-pressed": String(state === chosen), onclick: () => choose(state === chosen ? "" : state),
  }, make("b", { text: String(counts[state] ?? 0) }), ` ${words.states[state]}`)));
}

export function drawList(box, all, seen, words, open) {
  const parts = [];
  let stop;
  matching(all, seen).forEach(({ line, state, waiting }) => {
    if (line.stop !== stop) { stop = line.stop; parts.push(make("h2", { text: stop })); }
    parts.push(make("button", { type: "button", class: "round-line", "data-subject": line.subject, onclick: () => open(line.subject) },
      make("span", { class: "round-stall", text: line.stall || line.owner || "" }),
      make("span", { class: "round-what", text: [line.name, line.model, line.serial].filter(Boolean).join(" · ") }),
      tag(state, words), waiting ? make("span", { class: "round-waiting", title: words.waiting, "aria-label": words.waiting, text: "↑" }) : null));
  });
  box.replaceChildren(...(parts.length ? parts : [make("p", { class: "empty", text: words.nothing })]));
}
