"""The report of a budget as PDF: the typst of `hengliang.metrology`, the drawing below it, fonts embedded."""

import tempfile
from pathlib import Path

import typst

from hengliang.metrology.uncertainty import report_typst
from hengliang.platform.core.typst import fonts
from hengliang.platform.standards.budgets.drawing import density
from hengliang.platform.standards.budgets.evaluation import Evaluation

WIDTH = 620  # px of the drawing
PAGE = """#set page(paper: "a4", flipped: true, margin: (x: 16mm, y: 16mm), numbering: "1 / 1")
#set text(font: ("Noto Serif SC",), size: 9.5pt, lang: "%(language)s")
#show heading: set text(font: "Noto Sans SC", weight: "regular")
#show raw: set text(font: ("Noto Sans SC",), size: 9.5pt)
#set table(stroke: 0.4pt + luma(120), inset: 3pt)
#show table: set text(size: 8pt)
#set terms(separator: [：])
#show terms.item: it => block([#text(font: "Noto Sans SC", it.term)：#it.description])
"""


def pdf(found: Evaluation, language: str, *, line: str = "") -> bytes:
    """The bytes of the report in "zh" or "en"; `line` stands at its end (name, version, day)."""
    text = PAGE % {"language": language} + report_typst(found.report(language))
    inputs = {"line": line}
    chart = density(found)
    if chart is not None:
        inputs["drawing"] = chart.svg(WIDTH)
        text += '\n#image(bytes(sys.inputs.drawing), format: "svg", width: 165mm)\n'
    text += "\n#text(size: 8pt, fill: luma(90), sys.inputs.line)\n"
    with tempfile.TemporaryDirectory() as folder:  # typst reads files: it finds none here but this one
        source = Path(folder) / "report.typ"
        source.write_text(text, encoding="utf-8")
        return bytes(typst.compile(str(source), sys_inputs=inputs, font_paths=[fonts()], ignore_system_fonts=True))
