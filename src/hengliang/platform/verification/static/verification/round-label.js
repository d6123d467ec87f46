// A label printed on the spot, by the printer's own dialogue; the style sheet gives the page its size.
import { make } from "./round-form.js";

// The code of the instrument as squares; `code` holds its rows as hexadecimal digits, `size` squares each.
function squares({ size, rows }) {
  const name = "http://www.w3.org/2000/svg", drawing = document.createElementNS(name, "svg");
  drawing.setAttribute("viewBox", `0 0 ${size} ${size}`);
  let path = "";
  rows.forEach((row, y) => [...BigInt(`0x${row}`).toString(2).padStart(size, "0")].forEach((bit, x) => { if (bit === "1") path += `M${x} ${y}h1v1h-1z`; }));
  const shape = document.createElementNS(name, "path");
  shape.setAttribute("d", path);
  drawing.append(shape);
  return drawing;
}

export function showLabel(box, { line, number, day, round, person, words }) {
  const lines = [[words.label, number], [words.serial, line.serial], [words.day, day], [words.until, line.until?.[day]], [words.verifier, person]];
  const code = make("span", { class: "round-label-code", text: line.printed ?? line.code ?? "" });
  box.replaceChildren(make("div", { class: "round-label-scan" }, ...(line.scan ? [squares(line.scan)] : []), code),
    make("div", {}, make("b", { text: round.body }), make("span", { text: line.name }),
      ...lines.filter(([, value]) => value).map(([name, value]) => make("span", { text: `${name} ${value}` })),
      ...(round.training ? [make("b", { text: words.training })] : [])));
  document.body.classList.add("prints-label");
  addEventListener("afterprint", () => document.body.classList.remove("prints-label"), { once: true });
  print();
}
