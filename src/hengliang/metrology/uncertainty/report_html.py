"""A budget report as an HTML fragment: no style and no script, so that any page can take it in."""

from html import escape

from hengliang.metrology.uncertainty.report import COLUMNS, Report

_NUMBERS = {"estimate", "u", "dof", "sensitivity", "contribution", "share"}


def report_html(report: Report) -> str:
    """The report as one `<section class="uncertainty-budget">`."""
    language = "zh-Hans" if report.language == "zh" else report.language
    lines = [
        f'<section class="uncertainty-budget" lang="{language}">',
        f"<h2>{escape(report.title)}</h2>",
        f"<h3>{escape(report.model_label)}</h3>",
        f'<pre class="model">{escape(report.model)}</pre>',
        f"<table><caption>{escape(report.budget_label)}</caption>",
        "<thead><tr>" + "".join(f'<th scope="col">{escape(h)}</th>' for h in report.head) + "</tr></thead>",
        "<tbody>",
        *(_row(row) for row in report.rows),
        "</tbody></table>",
        "<dl>",
        *(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in report.facts),
        "</dl>",
        f'<p class="note">{escape(report.note)}</p>',
        "</section>",
    ]
    return "\n".join(lines)


def _row(row: tuple[str, ...]) -> str:
    name, *cells = row
    rest = "".join(_cell(column, text) for column, text in zip(COLUMNS[1:], cells, strict=True))
    return f'<tr><th scope="row">{escape(name)}</th>{rest}</tr>'


def _cell(column: str, text: str) -> str:
    return f'<td class="number">{escape(text)}</td>' if column in _NUMBERS else f"<td>{escape(text)}</td>"
