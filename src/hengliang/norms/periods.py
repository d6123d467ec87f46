"""How long a verification holds: the period of an item, the day it ends, and the rule in words."""

import calendar as months_of_year
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hengliang.norms.errors import UnknownEntry, WrongKind
from hengliang.norms.model import Value

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The period of an item. `months` None: the rule gives none (used until it fails, or unknown).

    `explanation` says in both languages which rule was applied; `mark` how sure it is.
    """

    item: str
    mode: str | None
    months: int | None
    document: str
    mark: str
    explanation: Mapping[str, str]
    source: Value


def period_of(value: Value, items: Sequence[str], attributes: Mapping[str, str] | None = None) -> Period:
    """The period that `value` gives the first of `items` that it names (an item, then its parents).

    Parameters
    ----------
    items : the catalogue code, then its ancestors, nearest first
    attributes : of the instrument, for rules that ask for more (accuracy class)

    Raises
    ------
    UnknownEntry : the rule names none of the items
    """
    if value.kind != "period":
        raise WrongKind(norm=value.norm, kind=value.kind, wanted="period")
    given = attributes or {}
    for item in items:
        for row in value.content["rows"]:
            if row["item"] == item and _meets(row.get("when") or {}, given):
                return _period(value, row)
    raise UnknownEntry(norm=value.norm, asked=" / ".join(items))


def valid_until(verified_on: date, months: int) -> date:
    """The last day on which a verification of `verified_on` holds: the same day `months` later, less one day.

    >>> valid_until(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 27)
    """
    month = verified_on.month - 1 + months
    year, month = verified_on.year + month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1
    last = months_of_year.monthrange(year, month)[1]
    return date(year, month, min(verified_on.day, last)) - timedelta(days=1)


def _meets(when: Mapping[str, Any], given: Mapping[str, str]) -> bool:
    return all(
        given.get(name) in [str(word) for word in (words if isinstance(words, list) else [words])]
        for name, words in when.items()
    )


def _period(value: Value, row: Mapping[str, Any]) -> Period:
    months = int(row["months"]) if row["months"] not in ("", None) else None
    mode = row["mode"] or None
    document = row.get("document") or value.source.document
    return Period(
        item=row["item"],
        mode=mode,
        months=months,
        document=document,
        mark=row.get("mark") or value.source.basis,
        explanation=_explain(document, mode, months),
        source=value,
    )


def _explain(document: str, mode: str | None, months: int | None) -> dict[str, str]:
    if months is None:
        if mode == "first-only":
            return {
                "zh": f"{document}：只做首次强制检定，失准报废。",
                "en": f"{document}: initial verification only; scrapped when it fails.",
            }
        return {
            "zh": f"{document}：周期未载，须查规程。",
            "en": f"{document}: no period is recorded; look it up in the regulation.",
        }
    if mode == "first-only":
        return {
            "zh": f"{document}：只做首次强制检定，使用期限 {months} 个月，到期轮换。",
            "en": f"{document}: initial verification only; replaced after {months} months in use.",
        }
    return {
        "zh": f"{document}：检定周期 {months} 个月，有效期至检定日起 {months} 个月的前一日。",
        "en": f"{document}: every {months} months; valid to the day before the date {months} months on.",
    }
