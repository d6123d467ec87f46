// A combobox over an address that answers ?q= with [{value, label, hint}]: typed, walked with arrows, picked.
import { fresh } from "./once.js";

let number = 0;

export function wakeLookups(root) {
  fresh(root, "[data-lookup]").forEach((element) => new Lookup(element));
}

class Lookup {
  constructor(element) {
    this.url = element.dataset.lookup;
    this.text = element.querySelector("[data-lookup-text]");
    this.value = element.querySelector("[data-lookup-value]");
    this.chosen = this.text.value;
    this.list = document.createElement("ul");
    this.list.className = "lookup-options";
    this.list.id = `lookup-${++number}`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    element.append(this.list);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(roles).forEach(([name, value]) => this.text.setAttribute(name, value));
    this.text.addEventListener("input", (event) => { event.stopPropagation(); this.ask(); });
    this.text.addEventListener("change", (event) => event.stopPropagation());
    this.text.addEventListener("focus", () => this.ask());
    this.text.addEventListener("blur", () => this.leave());
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("li");
      if (option) this.pick(option);
    });
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const asked = this.text.value === this.chosen ? "" : this.text.value;
      const answer = await fetch(`${this.url}?q=${encodeURIComponent(asked)}`).catch(() => null);
      if (answer?.ok && document.activeElement === this.text) this.show((await answer.json()).slice(0, 50));
    }, 150);
  }

  show(options) {
    this.list.replaceChildren(...options.map((one, place) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.value = one.value;
      option.dataset.label = one.label;
      const label = document.createElement("span");
      label.textContent = one.label;
      option.append(label);
      if (one.hint) {
        const hint = document.createElement("small");
        hint.textContent = one.hint;
        option.append(hint);
      }
      return option;
    }));
    this.expand(options.length > 0);
  }

  expand(open) {
    this.list.hidden = !open;
    this.text.setAttribute("aria-expanded", String(open));
    if (!open) this.text.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const options = [...this.list.children];
    const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.ask();
      this.mark(options, (now + (event.key === "ArrowDown" ? 1 : options.length - 1) + options.length) % options.length);
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      if (now >= 0) this.pick(options[now]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.expand(false);
    }
  }

  mark(options, place) {
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
    options[place].scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", options[place].id);
  }

  pick(option) {
    this.set(option.dataset.value, option.dataset.label);
    this.expand(false);
  }

  set(value, label) {
    this.text.value = this.chosen = label;
    if (this.value.value === value) return;
    this.value.value = value;
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  leave() {
    clearTimeout(this.timer);
    this.expand(false);
    // Emptied means “none”; a text that was typed and not picked goes to the server as it stands, which answers for it.
    if (this.text.value !== this.chosen) this.set(this.text.value.trim(), this.text.value.trim());
  }
}
