"""Indicators computed: what the rule says is counted over what, with all that one needs to believe it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import reduce
from typing import Any

from django.db.models import Count, QuerySet

from hengliang.norms.indicators import Indicator, indicator_of
from hengliang.norms.indicators import Selection as Counted
from hengliang.platform.core.rules import rules
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.selections import SELECTIONS, Selection, ledger
from hengliang.platform.plan.errors import UnknownSelection

NO_SOURCE, NOT_APPLICABLE = "no_source", "not_applicable"
PARTS = ("numerator", "denominator", "missing")
_DIGITS = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """One indicator for one question. `value` is None, and `absent` says why, where there is nothing to divide by."""

    indicator: Indicator
    scope: Scope
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    absent: str = ""
    demo_denominator: bool = False
    provenance: dict[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day of which it speaks."""
        return self.scope.on

    @property
    def known_at(self) -> datetime | None:
        """The moment of knowledge; None for now."""
        return self.scope.known_at

    @property
    def missing(self) -> int | None:
        """How many of the denominator are not in the numerator."""
        if self.denominator is None or self.numerator is None:
            return None
        return self.denominator - self.numerator


# The order in which they are read; rates that answer different questions stand apart and are never merged.
_ORDER = ("tested-rate", "tested-on-time-rate", "valid-rate", "item-coverage", "overdue-rate", "pass-rate")


def indicators(on: date) -> dict[str, Indicator]:
    """The indicators in force on a day by their short name, those of the plans first."""
    found = {}
    for norm in rules().of_kind("indicator"):
        if any(not v.repealed and v.start <= on for v in norm.values):
            indicator = indicator_of(norm.at(on))
            found[indicator.id.rpartition("/")[2]] = indicator
    rank = {name: place for place, name in enumerate(_ORDER)}
    return dict(sorted(found.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0])))


def compute(indicator: Indicator, scope: Scope) -> Figure:
    """The figure of an indicator for a question.

    Errors: `UnknownSelection` if the rule names a selector or condition that nobody registered.
    """
    top = rows_behind(indicator, scope, "numerator").count()
    below = rows_behind(indicator, scope, "denominator").count() if indicator.denominator else None
    return figure_of(indicator, scope, top, below)


def figure_of(indicator: Indicator, scope: Scope, top: int, below: int | None) -> Figure:
    """The figure of counts already made."""
    absent = "" if below else _why_absent(indicator, scope, below)
    counted = None if absent == NO_SOURCE else top
    value = _value(indicator, top, below) if not absent else None
    return Figure(
        indicator, scope, counted, None if absent == NO_SOURCE else below, value, absent,
        _demo(indicator, scope), indicator.source.provenance(),
    )  # fmt: skip


def _value(indicator: Indicator, top: int, below: int | None) -> Decimal:
    if below is None:
        return Decimal(top)
    return (Decimal(top) / Decimal(below) * indicator.scale).quantize(_DIGITS, ROUND_HALF_EVEN)


def _why_absent(indicator: Indicator, scope: Scope, below: int | None) -> str:
    if selection_of(indicator.numerator).counts == "items":
        return NO_SOURCE if below == 0 else ""
    if below is None:
        return "" if ledger(scope).exists() else NO_SOURCE
    return NOT_APPLICABLE if ledger(scope).exists() else NO_SOURCE


def _demo(indicator: Indicator, scope: Scope) -> bool:
    """Whether the list counted over has not been approved: the catalogue that is shipped is our own collection."""
    if selection_of(indicator.numerator).counts != "items":
        return False
    return not rules()["catalogue/mandatory"].at(scope.on).may_issue


def rows_behind(indicator: Indicator, scope: Scope, part: str) -> "QuerySet[Any]":
    """The rows counted: `numerator`, `denominator`, `missing` (of the denominator, not in the numerator), or the key
    of a reason for which rows are left out."""
    if part == "numerator" or (part == "denominator" and indicator.denominator is None):
        return _selected(indicator.numerator, scope)
    if part == "denominator" and indicator.denominator is not None:
        return _selected(indicator.denominator, scope)
    if part == "missing" and indicator.denominator is not None:
        rows = _selected(indicator.denominator, scope)
        return rows.exclude(pk__in=_selected(indicator.numerator, scope).order_by().values("pk"))
    excluded = selection_of(indicator.denominator or indicator.numerator).excluded
    if part not in excluded:
        raise UnknownSelection("unknown_part", "This figure has no part “%(part)s”.", part=part)
    return excluded[part][1](scope)


def excluded_of(indicator: Indicator, scope: Scope) -> list[tuple[str, Any, int]]:
    """Key, reason and number of the rows left out of the denominator."""
    left_out = selection_of(indicator.denominator or indicator.numerator).excluded
    return [(key, says, query(scope).count()) for key, (says, query) in left_out.items()]


def selection_of(counted: Counted) -> Selection:
    """What a rule's selector means here."""
    if counted.selector not in SELECTIONS:
        raise UnknownSelection(
            "unknown_selector", "The rule asks for “%(name)s”, which the platform does not have.", name=counted.selector
        )
    return SELECTIONS[counted.selector]


def _selected(counted: Counted, scope: Scope) -> "QuerySet[Any]":
    selection = selection_of(counted)
    rows = selection.rows(scope)
    for name, words in counted.where.items():
        if name not in selection.conditions:
            raise UnknownSelection(
                "unknown_condition", "The rule asks for the condition “%(name)s”, which is unknown.", name=name
            )
        narrow = selection.conditions[name]
        kept = [narrow(rows, scope, word) for word in words]
        rows = reduce(lambda one, other: one | other, kept[1:], kept[0])
    return rows


def figures_by_region(indicator: Indicator, scope: Scope, regions: Iterable[int]) -> dict[int, Figure]:
    """The figure of each of these regions with all below it; two queries for instruments, some more for items."""
    scopes = {region_id: scope.in_region(region_id) for region_id in regions}
    if selection_of(indicator.numerator).counts == "items" or indicator.denominator is None:
        return {region_id: compute(indicator, one) for region_id, one in scopes.items()}
    top, below = (_by_region(rows_behind(indicator, scope, part)) for part in ("numerator", "denominator"))
    return {
        region_id: figure_of(indicator, one, _sum(top, one.regions), _sum(below, one.regions))
        for region_id, one in scopes.items()
    }


def _by_region(rows: "QuerySet[Any]") -> dict[int, int]:
    return dict(rows.order_by().values_list("region_id").annotate(Count("pk")))


def _sum(counts: dict[int, int], regions: frozenset[int] | None) -> int:
    return sum(counts.values()) if regions is None else sum(counts.get(one, 0) for one in regions)


def latest(on: date, count: int) -> list[date]:
    """The last days of the `count - 1` months before, and the day itself."""
    days = [on]
    for _ in range(count - 1):
        first = days[0].replace(day=1)
        days.insert(0, date.fromordinal(first.toordinal() - 1))
    return days
