"""One cell, as it is staged. What can't be understood keeps its words behind a “?”, so that nothing is lost."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.fields import Field, code_of

UNCLEAR = "?"
_SPELLED = re.compile(
    r"(\d{4})\s*[-/.年－／．]\s*(\d{1,2})\s*[-/.月－／．]\s*(\d{1,2})\s*日?(?:[ T]0?0:00(?::00)?)?|(\d{4})(\d\d)(\d\d)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Sheets keep fifteen digits of a number; what has more has lost some.
_EXACT = 10**15
# A long number as sheets show it, and as they write it to CSV.
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d\d")
# The day that a sheet calls 0; right from 1 March 1900 on.
_DAY_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(7_000, 80_000)


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2024-03-05, without blanks at the ends."""
    if value.__class__ is str:
        text = value.strip() if value.isprintable() else _clean(value)
        return UNCLEAR + text if "E+" in text and _SHORTENED.fullmatch(text) else text
    if value is None:
        return ""
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value)) if abs(value) < _EXACT else f"{UNCLEAR}{value:.0f}"
        return f"{value:.15g}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return _clean(str(value))


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub("", text[: limits.MAX_CELL]).split())


def day_of(value: Any) -> str:
    """A day in any of the usual spellings, as 2024-03-05."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float) and int(value) in _SERIALS:
        return (_DAY_ZERO + dt.timedelta(days=int(value))).isoformat()
    text = text_of(value)
    found = _SPELLED.fullmatch(text)
    if found is None:
        return UNCLEAR + text if text else ""
    try:
        return dt.date(*(int(part) for part in found.groups() if part)).isoformat()
    except ValueError:
        return UNCLEAR + text


def count_of(value: Any) -> str:
    """A whole number of pieces from 1 on."""
    text = text_of(value)
    good = text.isascii() and text.isdigit() and 0 < int(text[:12]) < 10**6
    return str(int(text)) if good else (UNCLEAR + text if text else "")


def choice_of(key: str) -> Callable[[Any], str]:
    """The code of the word in a cell."""
    codes = code_of(key)

    def chosen(value: Any) -> str:
        text = text_of(value)
        return codes.get(text.lower(), UNCLEAR + text) if text else ""

    return chosen


def reader_of(field: Field) -> Callable[[Any], str]:
    """How the cells of a column are read; what was read once is remembered, since sheets repeat themselves."""
    if field.kind == "text":
        return text_of
    read = {"date": day_of, "count": count_of}.get(field.kind) or choice_of(field.key)
    known: dict[Any, str] = {}

    def remembered(value: Any) -> str:
        if value not in known:
            known[value] = read(value)
        return known[value]

    return remembered
