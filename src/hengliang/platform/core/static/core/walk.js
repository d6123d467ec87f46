// How a grid is walked by keys, and how a piece of a sheet is put into it.
export const FIELDS = "input, select";

// The step that a key asks for as [rows, columns]; undefined where the key belongs to the field. From a choice, arrows
// walk on as from a figure: one that is only passed must not change. Space, Alt and an arrow, or a letter chooses.
export function stepOf(event) {
  const field = event.target;
  if (!field.matches(FIELDS) || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const choice = field.tagName === "SELECT";
  const atStart = choice || (field.selectionStart === 0 && (field.selectionEnd === 0 || field.selectionEnd === field.value?.length));
  const atEnd = choice || field.selectionEnd === field.value?.length;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
  if (atStart) steps.ArrowLeft = [0, -1];
  if (atEnd) steps.ArrowRight = [0, 1];
  return steps[event.key];
}

// The cells of a copied piece of a sheet; undefined for a plain text, which the field takes by itself.
export function cellsOf(event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!/[\t\n]/.test(text) || !event.target.matches(FIELDS)) return undefined;
  return text.split("\n").map((line) => line.split("\t").map((value) => value.trim()));
}

// A choice is taken by its words as well: a sheet that people keep has no codes.
export function put(field, text) {
  const said = field.tagName === "SELECT" && [...field.options].find((one) => one.value === text || one.text === text);
  field.value = said ? said.value : text;
}
