// Menus made of <details>: one open at a time, closed by Escape and by a click elsewhere; kept open over a refresh.
const MENUS = "details.menu, details.several";

export function wakeMenus() {
  document.addEventListener("click", (event) => close((menu) => !menu.contains(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.(MENUS);
    close(() => true);
    open?.querySelector("summary").focus();
  });
  let kept = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    kept = [...event.detail.target.querySelectorAll("details[open][id]")].map((one) => one.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    kept.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    kept = [];
  });
}

function close(which) {
  document.querySelectorAll("details[open]").forEach((menu) => {
    if (menu.matches(MENUS) && which(menu)) menu.open = false;
  });
}
