// Light, dark, or as the device has it: kept by the server, shown at once, and nothing typed is lost.
export const isDark = () => {
  const theme = document.documentElement.dataset.theme;
  return theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
};

const MEDIA = { dark: "all", light: "not all", auto: "(prefers-color-scheme: dark)" };

export function wakeTheme() {
  document.querySelector("[data-theme-switch]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form, event.submitter);
    show(form, event.submitter.value);
    fetch(form.action, { method: "POST", body: data, redirect: "manual" });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", announce);
}

function show(form, theme) {
  document.documentElement.dataset.theme = theme;
  const sheet = document.querySelector("link[data-dark]");
  if (sheet) sheet.media = MEDIA[theme];
  form.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one.value === theme)));
  announce();
}

const announce = () => document.dispatchEvent(new CustomEvent("themechange"));
