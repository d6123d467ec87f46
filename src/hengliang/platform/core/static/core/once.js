// The elements under a root that match and have not been woken before.
const woken = new WeakMap();

export function fresh(root, selector) {
  const found = [...root.querySelectorAll(selector)];
  if (root instanceof Element && root.matches(selector)) found.unshift(root);
  return found.filter((element) => {
    const seen = woken.get(element) ?? new Set();
    if (seen.has(selector)) return false;
    woken.set(element, seen.add(selector));
    return true;
  });
}

export const csrf = () => {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
};
