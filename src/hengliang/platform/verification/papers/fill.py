"""A layout filled with values: every filling rule is held against them before anything is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.errors import Refused
from hengliang.platform.verification.papers.layout import Layout

EMPTY = "/"
WANTED = {
    "empty": gettext_lazy("must not be empty"),
    "text": gettext_lazy("must not be empty"),
    "day": gettext_lazy("is no day (year-month-day)"),
    "number": gettext_lazy("is no number"),
    "money": gettext_lazy("is no amount with two decimals"),
    "code": gettext_lazy("is no unified social credit code"),
}


class PaperIncomplete(Refused):
    """A paper lacks what its filling rules demand; nothing is printed."""


@dataclass(frozen=True)
class Grid:
    """A table on a paper: its title, the heads and relative widths of its columns, its rows."""

    title: str
    head: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """A paper ready to be set: everything is text."""

    title: str
    number: str
    body: str
    lines: Sequence[tuple[str, str]]
    tables: Sequence[Grid] = ()
    terms: Sequence[str] = ()
    signs: Sequence[str] = ()
    foot: str = ""
    mark: str = ""
    wide: bool = False
    texts: Sequence[str] = field(default_factory=tuple)


def filled(
    layout: Layout,
    *,
    number: str,
    body: str,
    values: Mapping[str, str],
    rows: Sequence[Mapping[str, str]] = (),
    **more: Any,
) -> Sheet:
    """The layout with its values; what may be empty and is prints “/”.

    values : by the names of the fields; rows : by the names of the columns
    Errors: `PaperIncomplete` naming every place and what it lacks.
    """
    _require(layout, values, rows)
    table = Grid(
        "", [slot.label for slot in layout.columns], [slot.width for slot in layout.columns],
        [[row.get(slot.name, "").strip() or EMPTY for slot in layout.columns] for row in rows],
    )  # fmt: skip
    tables = [*([table] if layout.columns else []), *more.pop("tables", [])]
    return Sheet(
        title=layout.title,
        number=number,
        body=body,
        lines=[(slot.label, values.get(slot.name, "").strip() or EMPTY) for slot in layout.fields],
        tables=tables,
        terms=layout.terms,
        signs=layout.signs,
        foot=f"verification/paper-forms {layout.edition}",
        **more,
    )


def _require(layout: Layout, values: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    faults = [
        f"“{slot.label}” {WANTED[fault]}" for slot in layout.fields if (fault := slot.fault(values.get(slot.name, "")))
    ]
    faults += [
        _("“%(column)s” in row %(row)s") % {"column": slot.label, "row": at} + f" {WANTED[fault]}"
        for at, row in enumerate(rows, start=1)
        for slot in layout.columns
        if (fault := slot.fault(row.get(slot.name, "")))
    ]
    if faults:
        raise PaperIncomplete(
            "paper_incomplete", "“%(paper)s” is not printed: %(faults)s.", paper=layout.title, faults="；".join(faults)
        )
