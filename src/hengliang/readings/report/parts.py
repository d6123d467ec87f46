"""Pieces of the page: tables, figures, numbers."""

from collections.abc import Sequence
from html import escape

from hengliang.readings.report.words import Language, word


def figure(key: str, svg: str, language: Language) -> str:
    """A chart with its title."""
    return f"<figure><figcaption>{escape(word(key, language))}</figcaption>{svg}</figure>"


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    language: Language,
    numbers: Sequence[int] | range,
    unit: str = "",
) -> str:
    """A table that scrolls by itself where it is too wide.

    numbers : its columns of numbers; unit : of quantities
    """
    marks = ["class=n" if at in numbers else "" for at in range(len(head))]
    top = "".join(
        f"<th scope=col {mark}>{escape(heading(one, language, unit))}</th>"
        for one, mark in zip(head, marks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td {mark}>{escape(str(cell))}</td>" for cell, mark in zip(row, marks, strict=True))
        + "</tr>"
        for row in rows
    )
    return f'<div class="wide" tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def heading(key: str, language: Language, unit: str) -> str:
    """What stands above a column, with the unit where it holds quantities."""
    name = word(key, language)
    return word("in_unit", language, name=name, unit=unit) if unit and key in ("energy", "impact") else name


def tiles(shown: Sequence[tuple[str, str, str]]) -> str:
    """The figures that count, large: (state or "", number, what it is)."""
    cells = (f'<li class="{escape(mark)}"><b>{escape(number)}</b>{escape(label)}</li>' for mark, number, label in shown)
    return f'<ul class="tiles">{"".join(cells)}</ul>'


def amount(value: float | None, *, sign: bool = False) -> str:
    """A quantity with one digit; `sign` shows that of a positive one as well."""
    if value is None:
        return ""
    return f"{value:+,.1f}" if sign else f"{value:,.1f}"


def share(value: float | None, digits: int = 2) -> str:
    """A fraction in percent."""
    return "" if value is None else f"{value:.{digits}%}"


def between(value: float, low: float, high: float) -> str:
    """A fraction with its 95 % interval."""
    return f"{value:.2%} ({low:.2%}\u00a0…\u00a0{high:.2%})"
