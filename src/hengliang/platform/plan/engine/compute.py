"""Indicators computed: what the rule says is counted over what, and the rows behind it."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from hengliang.norms.errors import NormNotInForce
from hengliang.norms.indicators import Indicator, indicator_of
from hengliang.norms.indicators import Selection as Counted
from hengliang.platform.core.rules import rules
from hengliang.platform.plan.engine.figure import NO_SOURCE, NOT_APPLICABLE, Figure, value_of
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.selection import Selection
from hengliang.platform.plan.engine.selections import SELECTIONS
from hengliang.platform.plan.engine.spanned import Spanned
from hengliang.platform.plan.errors import UnknownSelection

# The order in which they are read; rates that answer different questions stand apart and are never merged.
_ORDER = ("tested-rate", "tested-on-time-rate", "valid-rate", "item-coverage", "overdue-rate", "pass-rate")


class Listed(NamedTuple):
    """The list that a figure is counted over: whether it only demonstrates, and its edition. Where no edition is in
    force on the day, `since` says from which day on one is, and the figure has no source."""

    demo: bool
    edition: str
    since: str = ""


_NO_LIST = Listed(False, "")


def indicators(on: date) -> dict[str, Indicator]:
    """The indicators in force on a day by their short name, those of the plans first; ratings have no figure."""
    found = {}
    for norm in rules().of_kind("indicator"):
        if any(not v.repealed and v.start <= on for v in norm.values):
            indicator = indicator_of(norm.at(on))
            if indicator.numerator is not None:
                found[indicator.name] = indicator
    rank = {name: place for place, name in enumerate(_ORDER)}
    return dict(sorted(found.items(), key=lambda pair: (rank.get(pair[0], len(rank)), pair[0])))


def is_computed(indicator: Indicator) -> bool:
    """Whether the platform has the ledger that it counts over.

    Errors: `UnknownSelection` if the rule names a selector that nobody registered, and does not wait for one.
    """
    asked = [one for one in (indicator.numerator, indicator.denominator) if one is not None]
    if asked and all(one.selector in SELECTIONS for one in asked):
        return True
    if asked and indicator.waits_for is None:
        selection_of(next(one for one in asked if one.selector not in SELECTIONS))
    return False


def compute(indicator: Indicator, scope: Scope) -> Figure:
    """The figure of an indicator for a question; no source where the platform has no such ledger.

    Errors: `UnknownSelection` if the rule names a selector or condition that nobody registered.
    """
    top_of, below_of = indicator.numerator, indicator.denominator
    if top_of is None or not is_computed(indicator):
        return Figure(indicator, scope, None, None, None, NO_SOURCE)
    top = selection_of(top_of).number(top_of.where, indicator.mode, scope)
    below = selection_of(below_of).number(below_of.where, indicator.mode, scope) if below_of else None
    absent = "" if below or (below is None and top) else _why_absent(indicator, scope, below)
    return figure_of(indicator, scope, top, below, absent)


def figure_of(
    indicator: Indicator, scope: Scope, top: int, below: int | None, absent: str, listed: Listed | None = None
) -> Figure:
    """The figure of counts already made; `listed` as `listed_on` tells it for the day."""
    demo, edition, since = listed or listed_on(indicator, scope.on)
    absent = NO_SOURCE if since else absent
    gone = absent == NO_SOURCE
    return Figure(
        indicator, scope, None if gone else top, None if gone else below,
        None if absent else value_of(indicator, top, below), absent, demo, edition, since,
    )  # fmt: skip


def _why_absent(indicator: Indicator, scope: Scope, below: int | None) -> str:
    if below is None:
        return "" if main_selection(indicator).has_ledger(scope) else NO_SOURCE
    if counts_items(indicator):
        return NO_SOURCE
    return NOT_APPLICABLE if main_selection(indicator).has_ledger(scope) else NO_SOURCE


def counts_items(indicator: Indicator) -> bool:
    """Whether its denominator is the catalogue."""
    return indicator.denominator is not None and indicator.denominator.selector == "catalogue_items"


def listed_on(indicator: Indicator, on: date) -> Listed:
    """The edition of the list that it is counted over on a day; it is a demonstration while the list has not been
    approved: the catalogue that is shipped is our own collection."""
    if not counts_items(indicator):
        return _NO_LIST
    catalogue = rules()["catalogue/mandatory"]
    try:
        edition = catalogue.at(on)
    except NormNotInForce:
        return Listed(False, "", catalogue.values[0].start.isoformat())
    return Listed(not edition.may_issue, edition.start.isoformat())


def rows_behind(indicator: Indicator, scope: Scope, part: str) -> "QuerySet[Any]":
    """The rows counted: `numerator`, `denominator`, `missing` (of the denominator, not in the numerator), or the key
    of a reason for which rows are left out."""
    if indicator.numerator is None or not is_computed(indicator):
        raise UnknownSelection("unknown_part", "This figure has no part “%(part)s”.", part=part)
    below = indicator.denominator
    if part == "numerator" or (part == "denominator" and below is None):
        return _selected(indicator, indicator.numerator, scope)
    if part == "denominator" and below is not None:
        return _selected(indicator, below, scope)
    if part == "missing" and below is not None:
        return _missing(indicator, indicator.numerator, below, scope)
    excluded = main_selection(indicator).excluded
    if part not in excluded:
        raise UnknownSelection("unknown_part", "This figure has no part “%(part)s”.", part=part)
    return excluded[part][1](scope)


def excluded_of(indicator: Indicator, scope: Scope) -> list[tuple[str, Any, int]]:
    """Key, reason and number of the rows left out."""
    if not is_computed(indicator):
        return []
    left_out = main_selection(indicator).excluded
    return [(key, says, query(scope).count()) for key, (says, query) in left_out.items()]


def main_selection(indicator: Indicator) -> Selection:
    """What it is counted over: the denominator's selection, or the only one."""
    asked = indicator.denominator or indicator.numerator
    if asked is None:
        raise UnknownSelection("unknown_part", "This figure has no part “%(part)s”.", part="numerator")
    return selection_of(asked)


def selection_of(counted: Counted) -> Selection:
    """What a rule's selector means here."""
    if counted.selector not in SELECTIONS:
        raise UnknownSelection(
            "unknown_selector", "The rule asks for “%(name)s”, which the platform does not have.", name=counted.selector
        )
    return SELECTIONS[counted.selector]


def _missing(indicator: Indicator, top_of: Counted, below_of: Counted, scope: Scope) -> "QuerySet[Any]":
    """The rows of the denominator that the numerator has not; where the numerator only asks more of the same rows,
    those that do not meet what it asks more: the population is not read twice."""
    top, below = selection_of(top_of), selection_of(below_of)
    rows = _selected(indicator, below_of, scope)
    if isinstance(top, Spanned) and isinstance(below, Spanned) and top.near is below.near:
        more = top.spans(top_of.where, scope.known_at).beyond(below.spans(below_of.where, scope.known_at))
        if more is not None:
            return more.lacking(rows, scope.on)
    counted = _selected(indicator, top_of, scope).order_by().filter(pk=OuterRef("pk")).values("pk")
    return rows.filter(~Exists(counted))


def _selected(indicator: Indicator, counted: Counted, scope: Scope) -> "QuerySet[Any]":
    return selection_of(counted).rows(counted.where, indicator.mode, scope)


def latest(on: date, count: int) -> list[date]:
    """The last days of the `count - 1` months before, and the day itself."""
    days = [on]
    for _ in range(count - 1):
        first = days[0].replace(day=1)
        days.insert(0, date.fromordinal(first.toordinal() - 1))
    return days
