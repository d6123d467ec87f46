"""Uncertainties typed beside what was measured: U (k=2) of each row, kept apart from what the rule judges."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from hengliang.platform.core.errors import InputRefused

# The cell of a row of the draft in which U is typed; no rule has a cell of this name.
STATED = "_u"
MOST_PLACES = 6  # a reading has no more; a quotient has as many as the arithmetic
_ROW = re.compile(r"^items\.(?P<item>[^.\[]+)\[(?P<row>\d+)\]")
Stated = dict[str, list[str]]


def parted(data: Mapping[str, Any]) -> tuple[dict[str, Any], Stated]:
    """The record's JSON as the rule takes it, and the uncertainties that stood in it.

    Errors: `InputRefused` for what is no record: `items` has a list of rows for each item, each row its cells.
    """
    if fault := misshapen(data):
        raise InputRefused(
            "record_malformed",
            "What was measured can't be read: “%(where)s” is of the wrong kind. Items are named, each with a list of "
            "rows, each row with its cells by name.",
            where=fault,
        )  # fmt: skip
    items = data.get("items") or {}
    stated = {name: [_told(row) for row in rows] for name, rows in items.items() if any(_told(r) for r in rows)}
    bare = {name: [{k: v for k, v in row.items() if k != STATED} for row in rows] for name, rows in items.items()}
    return {**data, **({"items": bare} if items else {})}, stated


def misshapen(data: object) -> str:
    """Where a record's JSON is not of its kind; empty where all is."""
    if not isinstance(data, Mapping):
        return "data"
    if not isinstance(data.get("instrument") or {}, Mapping):
        return "instrument"
    items = data.get("items") or {}
    if not isinstance(items, Mapping):
        return "items"
    for name, rows in items.items():
        if not isinstance(rows, list):
            return f"items.{name}"
        for at, row in enumerate(rows):
            if not isinstance(row, Mapping):
                return f"items.{name}[{at}]"
    return ""


def joined(data: Mapping[str, Any], stated: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The record's JSON with its uncertainties in the rows again, as a draft holds it."""
    items = dict(data.get("items") or {})
    for name, told in stated.items():
        items[name] = [row | ({STATED: u} if u else {}) for row, u in zip(items.get(name, []), told, strict=False)]
    return {**data, "items": items}


def _told(row: Mapping[str, Any]) -> str:
    return str(row.get(STATED) or "").strip()


def row_of(cell: str) -> int | None:
    """The place among the rows of its item that a judged point stands in."""
    place = _ROW.match(cell)
    return int(place["row"]) if place else None


def stated_at(stated: Mapping[str, Sequence[str]], cell: str) -> str:
    """U of the row that a judged point stands in; empty where none is stated."""
    place = _ROW.match(cell)
    told = stated.get(place["item"], ()) if place else ()
    return told[int(place["row"])] if place and int(place["row"]) < len(told) else ""


def require_numbers(stated: Mapping[str, Sequence[str]], titles: Mapping[str, str]) -> None:
    """Refuse what is no positive number; `titles` says what the items are called."""
    for name, told in stated.items():
        for at, text in enumerate(told, start=1):
            if text and not _positive(text):
                raise InputRefused(
                    "uncertainty_no_number",
                    "U in row %(row)s of “%(item)s” is no positive number: %(text)s.",
                    row=at, item=titles.get(name, name), text=text,
                )  # fmt: skip


def _positive(text: str) -> bool:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and value > 0


def as_stated(value: str, u: str) -> str:
    """A value rounded to the last digit of its U, as a certificate gives it.

    Source: JCGM 100:2008, 7.2.6; ISO/IEC 17025:2017, 7.8.4.1 a).
    """
    return str(Decimal(value).quantize(Decimal(1).scaleb(int(Decimal(u).as_tuple().exponent))))


def as_found(point: Mapping[str, Any]) -> str:
    """A value without U of its own: as measured, or, where the computation left a long fraction, as the rule rounds it.

    point : the judged point, with `value` and `rounded`
    """
    value = str(point["value"])
    if _places(value) <= MOST_PLACES:
        return value
    rounded = str(point.get("rounded") or value)
    return rounded if _places(rounded) <= MOST_PLACES else str(round(Decimal(rounded), MOST_PLACES))


def _places(text: str) -> int:
    exponent = Decimal(text).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
