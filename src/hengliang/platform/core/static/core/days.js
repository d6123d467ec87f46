// Days are typed as 2026-11-22; the browser's calendar stands beside the field and writes into it.
import { fresh } from "./once.js";

const ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" aria-hidden="true"><path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3"/></svg>';

export function wakeDays(root) {
  fresh(root, "[data-day]").forEach((place) => {
    const text = place.querySelector("input");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", title: place.dataset.day, disabled: text.disabled });
    button.setAttribute("aria-label", place.dataset.day);
    button.append(new DOMParser().parseFromString(ICON, "image/svg+xml").documentElement);
    const calendar = document.createElement("input");
    Object.assign(calendar, { type: "date", tabIndex: -1 });
    calendar.setAttribute("aria-hidden", "true");
    // What the calendar tells is not typed: only the field's own change goes out.
    ["input", "change"].forEach((kind) => calendar.addEventListener(kind, (event) => event.stopPropagation()));
    calendar.addEventListener("change", () => {
      text.value = calendar.value;
      ["input", "change"].forEach((kind) => text.dispatchEvent(new Event(kind, { bubbles: true })));
    });
    button.addEventListener("click", () => {
      calendar.value = /^\d{4}-\d\d-\d\d$/.test(text.value) ? text.value : "";
      calendar.showPicker?.();
    });
    place.append(button, calendar);
  });
}
