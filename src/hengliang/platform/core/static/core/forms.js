// Forms: sent once, and not left by accident while something is typed.
import { fresh } from "./once.js";

export function wakeForms(root) {
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
