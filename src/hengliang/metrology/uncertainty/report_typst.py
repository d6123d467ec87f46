"""A budget report as typst source: set by whatever document takes it in."""

from hengliang.metrology.uncertainty.report import Report

# Only a string literal keeps every character of a foreign text as it is.
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": " "})


def report_typst(report: Report) -> str:
    """The report as typst content: heading, model, table, facts."""
    lines = [
        f"== #{_text(report.title)}",
        f"=== #{_text(report.model_label)}",
        f"#raw({_text(report.model)}, block: true)",
        f"=== #{_text(report.budget_label)}",
        "#table(",
        f"  columns: {len(report.head)},",
        f"  table.header({', '.join(_text(h) for h in report.head)}),",
        *(f"  {', '.join(_text(cell) for cell in row)}," for row in report.rows),
        ")",
        *(f"/ #{_text(label)}: #{_text(text)}" for label, text in report.facts),
        "",
        f"#{_text(report.note)}",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
