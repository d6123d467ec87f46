// Forms: sent once, and not left by accident while something is typed.
import { fresh } from "./once.js";

// The browser's own button speaks the browser's language, not the page's.
function wakeFile(place) {
  const input = place.querySelector("input[type=file]");
  if (!input) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button", textContent: place.dataset.file, tabIndex: -1 });
  button.setAttribute("aria-hidden", "true");
  const told = document.createElement("span");
  const tell = () => { told.textContent = [...input.files].map((file) => file.name).join("  ") || place.dataset.none; };
  input.classList.add("sr");
  input.addEventListener("change", tell);
  button.addEventListener("click", () => input.click());
  place.append(button, told);
  tell();
}

export function wakeForms(root) {
  fresh(root, "[data-file]").forEach(wakeFile);
  fresh(root, "form[data-once]").forEach((form) => {
    let changed = false;
    const warn = (event) => { if (changed) event.preventDefault(); };
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      changed = false;
    });
    addEventListener("beforeunload", warn);
    // Back from the next page by the browser's cache: the form may be sent again.
    addEventListener("pageshow", () => { delete form.dataset.sent; });
  });
}
