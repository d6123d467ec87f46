"""The selectors and conditions that indicators may name, each a pure query over the ledger as of a day.

Every selection is a triple: its rows, the conditions that narrow them, and the rows left out with the reason why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.words import Words
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.registry.models import CatalogueItem, Control, InstrumentState
from hengliang.platform.registry.states import FILED, IN_USE, LOST, RETURNED, STOPPED
from hengliang.platform.standards.models import Authorisation

Result = InstrumentState.Result
Query = Callable[[Scope], "QuerySet[Any]"]
Condition = Callable[["QuerySet[Any]", Scope, str], "QuerySet[Any]"]


@dataclass(frozen=True)
class Selection:
    """What an indicator may count: rows, conditions by name, and what is left out with the reason."""

    rows: Query
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    excluded: Mapping[str, tuple[Words, Query]] = field(default_factory=dict)
    counts: str = "instruments"


def ledger(scope: Scope) -> "QuerySet[InstrumentState]":
    """The entries of the day: wholes only, a part judged singly counts with its whole."""
    return _within(InstrumentState.objects.on(scope.on, scope.known_at).whole(), scope)


def _within(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    return rows if scope.regions is None else rows.filter(region_id__in=scope.regions)


# --- in use -----------------------------------------------------------------------------------------------------


def instruments_in_use(scope: Scope) -> "QuerySet[Any]":
    """In use and under mandatory verification on the day."""
    return ledger(scope).filter(status=IN_USE, mandatory=True)


def with_proof(rows: "QuerySet[Any]", scope: Scope, word: str) -> "QuerySet[Any]":
    """`valid`: passed last and good on the day, the day due included. `overdue`: the day due lies before it."""
    if word == "valid":
        return rows.filter(Q(due_on__isnull=True) | Q(due_on__gte=scope.on), last_result=Result.PASS)
    return rows.filter(due_on__lt=scope.on)


# --- due --------------------------------------------------------------------------------------------------------


def held(scope: Scope) -> "QuerySet[Any]":
    """The versions that held a day due within the period, up to that day or until a verification replaced it.

    A version that ended for another reason (moved, transferred, one of its parts verified) hands its day due on, and
    does not count twice. The last day of the year before is not reached: a verification already made in December
    of a day due in January counts by that day in January.
    """
    mine = InstrumentState.objects.known(scope.known_at).filter(instrument=OuterRef("instrument"))
    replaced = mine.filter(
        ~Q(due_on=OuterRef("due_on")) | Q(last_result=Result.FAIL),
        valid_from=OuterRef("valid_to"),
        last_on=OuterRef("valid_to"),
    )
    rows = _within(InstrumentState.objects.known(scope.known_at).whole(), scope)
    return rows.filter(due_on__gte=scope.since, due_on__lte=scope.on, valid_from__lte=F("due_on")).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=F("due_on")) | Exists(replaced)
    )


def instruments_due(scope: Scope) -> "QuerySet[Any]":
    """Days due between 1 January of the year and the day asked for, both included.

    An instrument counts for each day due that it held, by the day it held *before* it was verified: one tested early
    counts when the old day falls within the period. It was in use and under mandatory verification while it held it.
    What was overdue when the year began counts in the year before, and in the share overdue. A failed instrument has
    no day due until it passes: its failure has answered the day it held before.
    """
    return held(scope).filter(status=IN_USE, mandatory=True).exclude(last_result=Result.FAIL)


def instruments_due_tested(scope: Scope) -> "QuerySet[Any]":
    """Those due that were verified by the day asked for: before the day due, on it, or late."""
    return instruments_due(scope).filter(Exists(_tests(scope)))


def _tests(scope: Scope) -> "QuerySet[Any]":
    rows = InstrumentState.objects.known(scope.known_at)
    return rows.filter(instrument=OuterRef("instrument"), last_on__gt=OuterRef("valid_from"), last_on__lte=scope.on)


def tested_with(rows: "QuerySet[Any]", scope: Scope, word: str) -> "QuerySet[Any]":
    """Verified by the day asked for, with this result at least once."""
    return rows.filter(Exists(_tests(scope).filter(last_result=word)))


def tested_on_time(rows: "QuerySet[Any]", scope: Scope, word: str) -> "QuerySet[Any]":
    """A verification replaced the day due before it had passed, the day itself included."""
    return rows.filter(valid_to__lte=F("due_on"))


# --- tested -----------------------------------------------------------------------------------------------------


def instruments_tested(scope: Scope) -> "QuerySet[Any]":
    """Verifications within the calendar year up to the day: the versions of the ledger that one began."""
    return _tested(scope).filter(mandatory=True)


def _tested(scope: Scope) -> "QuerySet[Any]":
    rows = _within(InstrumentState.objects.known(scope.known_at).whole(), scope)
    return rows.filter(last_on=F("valid_from"), last_on__gte=scope.since, last_on__lte=scope.on).exclude(
        last_result=Result.NONE
    )


def with_result(rows: "QuerySet[Any]", scope: Scope, word: str) -> "QuerySet[Any]":
    """With this result."""
    return rows.filter(last_result=word)


# --- the catalogue ----------------------------------------------------------------------------------------------


def catalogue_items(scope: Scope) -> "QuerySet[Any]":
    """The items of the catalogue under mandatory verification that have no finer items below them."""
    return _leaves(scope).filter(control__in=[Control.VERIFICATION, Control.BOTH])


def _leaves(scope: Scope) -> "QuerySet[Any]":
    return CatalogueItem.objects.filter(children__isnull=True)


def with_capability(rows: "QuerySet[Any]", scope: Scope, word: str) -> "QuerySet[Any]":
    """Some body is authorised for the item, or for one above it, on the day: one of the region or of a higher one."""
    held_by = Authorisation.objects.on(scope.on, scope.known_at)
    if scope.region_id is not None:
        held_by = held_by.filter(body__region_id__in=(scope.regions or frozenset()) | scope.above)
    covering = [Exists(held_by.filter(item=OuterRef(path))) for path in ("pk", "parent", "parent__parent")]
    return rows.filter(covering[0] | covering[1] | covering[2])


# --- what may be named ------------------------------------------------------------------------------------------

_VOLUNTARY = _("Not under mandatory verification")
_NOT_IN_USE = _("Out of use while the day due was held")

_DUE_EXCLUDED: Mapping[str, tuple[Words, Query]] = {
    "voluntary": (_VOLUNTARY, lambda scope: held(scope).filter(mandatory=False)),
    "not_in_use": (_NOT_IN_USE, lambda scope: held(scope).filter(mandatory=True).exclude(status=IN_USE)),
    "failed": (
        _("Failed before, awaiting a new verification: counted by the day due that it failed on"),
        lambda scope: held(scope).filter(mandatory=True, status=IN_USE, last_result=Result.FAIL),
    ),
}

SELECTIONS: Mapping[str, Selection] = {
    "instruments_in_use": Selection(
        instruments_in_use,
        {"proof": with_proof},
        {
            "voluntary": (_VOLUNTARY, lambda scope: ledger(scope).filter(status=IN_USE, mandatory=False)),
            "filed": (_("Filed, not yet accepted"), lambda scope: ledger(scope).filter(status__in=[FILED, RETURNED])),
            "stopped": (_("Out of use"), lambda scope: ledger(scope).filter(status=STOPPED)),
            "lost": (_("Lost"), lambda scope: ledger(scope).filter(status=LOST)),
        },
    ),
    "instruments_due": Selection(instruments_due, {}, _DUE_EXCLUDED),
    "instruments_due_tested": Selection(
        instruments_due_tested, {"result": tested_with, "on_time": tested_on_time}, _DUE_EXCLUDED
    ),
    "instruments_tested": Selection(
        instruments_tested,
        {"result": with_result},
        {"voluntary": (_VOLUNTARY, lambda scope: _tested(scope).filter(mandatory=False))},
    ),
    "catalogue_items": Selection(
        catalogue_items,
        {"capability": with_capability},
        {
            "no_source": (
                _("No source says under which control it is"),
                lambda scope: _leaves(scope).filter(control=""),
            ),
            "type_approval": (
                _("Under type approval only"),
                lambda scope: _leaves(scope).filter(control=Control.TYPE_APPROVAL),
            ),
        },
        counts="items",
    ),
}
