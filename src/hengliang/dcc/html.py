"""The view of a certificate as one HTML file: no script, nothing loaded, every text escaped."""

from collections.abc import Iterator
from html import escape

from hengliang.dcc.model import Certificate
from hengliang.dcc.view import Grid, Language, Line, Section, page_of

_STYLE = (
    "body{font-family:'Noto Serif SC',serif;max-width:48rem;margin:2rem auto;padding:0 1rem;line-height:1.5}"
    "h1{text-align:center;letter-spacing:.1em}table{border-collapse:collapse;width:100%;margin:.5rem 0}"
    "td,th{border:1px solid #777;padding:.25rem .5rem;text-align:left;vertical-align:top}"
    "th[scope=row]{width:12rem;font-weight:normal}.number,.body{text-align:center}"
)


def write_html(certificate: Certificate, language: Language) -> str:
    """The page in one language."""
    page = page_of(certificate, language)
    lang = "zh-CN" if language == "zh" else "en"
    parts = [
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">',
        f"<title>{escape(page.title)} {escape(page.number)}</title><style>{_STYLE}</style></head><body>",
        f'<p class="body">{escape(page.body)}</p><h1>{escape(page.title)}</h1>',
        f'<p class="number">{escape(page.number_label)} {escape(page.number)}</p>',
        *_lines((*page.cover, *page.signatures)),
        *(part for section in page.sections for part in _section(section)),
        f"<p>{escape(page.end)}</p></body></html>",
    ]
    return "\n".join(parts)


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    for grid in section.grids:
        yield from _grid(grid)
    yield from _lines(section.lines)


def _lines(lines: tuple[Line, ...]) -> Iterator[str]:
    if lines:
        rows = (f'<tr><th scope="row">{escape(label)}</th><td>{_broken(text)}</td></tr>' for label, text in lines)
        yield f"<table>{''.join(rows)}</table>"


def _grid(grid: Grid) -> Iterator[str]:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in grid.head)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in grid.rows)
    caption = f"<caption>{escape(grid.title)}</caption>" if grid.title else ""
    yield f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")
