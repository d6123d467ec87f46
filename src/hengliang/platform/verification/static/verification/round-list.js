// The list of a round: by stop and stall, each with its state in words; narrowed by a text or a state.
import { make } from "./round-form.js";

const STATES = ["open", "passed", "failed", "measured", "absent", "refused", "not_found", "unknown"];

export const stateOf = (entry) => (!entry ? "open" : entry.kind === "measured" ? { pass: "passed", fail: "failed" }[entry.provisional] ?? "measured" : entry.kind);

// A state with its colour and shape, as the platform draws it.
export function tag(state, words) {
  const holder = document.createElement("template");
  holder.innerHTML = words.tags[state];
  const drawn = holder.content.firstElementChild;
  drawn.dataset.state = state;
  return drawn;
}

const found = (line, needle) => [line.code, line.serial, line.stall, line.owner, line.name, line.model].some((text) => (text ?? "").toLowerCase().replace(/[\s-]/g, "").includes(needle));

export function drawCounts(box, all, chosen, words, choose) {
  const counts = {};
  all.forEach(({ state }) => { counts[state] = (counts[state] ?? 0) + 1; });
  box.replaceChildren(...STATES.filter((state) => counts[state] || state === chosen).map((state) => make("button", {
    type: "button", class: "button round-count", "data-count": state, "aria-pressed": String(state === chosen), onclick: () => choose(state === chosen ? "" : state),
  }, make("b", { text: String(counts[state] ?? 0) }), ` ${words.states[state]}`)));
}

export function drawList(box, all, { needle, chosen }, words, open) {
  const plain = needle.toLowerCase().replace(/[\s-]/g, "").replace(/^.*\/c\//, "");
  const shown = all.filter(({ line, state }) => (!chosen || state === chosen) && (!plain || found(line, plain)));
  const parts = [];
  let stop;
  shown.forEach(({ line, state, waiting }) => {
    if (line.stop !== stop) { stop = line.stop; parts.push(make("h2", { text: stop })); }
    parts.push(make("button", { type: "button", class: "round-line", "data-subject": line.subject, onclick: () => open(line.subject) },
      make("span", { class: "round-stall", text: line.stall || line.owner || "" }),
      make("span", { class: "round-what", text: [line.name, line.model, line.serial].filter(Boolean).join(" · ") }),
      tag(state, words), waiting ? make("span", { class: "round-waiting", title: words.waiting, "aria-label": words.waiting, text: "↑" }) : null));
  });
  box.replaceChildren(...(parts.length ? parts : [make("p", { class: "empty", text: words.nothing })]));
}
