"""Instruments of the ledger: in use, due, due and tested, tested."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import numpy as np
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from hengliang.platform.plan.engine.looked import NEVER, Ints, Looked, days_of, keys, read, things_of, times
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.spanned import Base, Condition, Spanned
from hengliang.platform.plan.engine.spans import END, START, Spans, day_after, year_after
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.states import FILED, IN_USE, LOST, RETURNED, STOPPED

Result = InstrumentState.Result


def _known(known_at: datetime | None) -> "QuerySet[Any]":
    """The entries known: wholes only, a part judged singly counts with its whole."""
    return InstrumentState.objects.known(known_at).whole()


def ledger(known_at: datetime | None) -> Spans:
    """Every entry, on the days of which it speaks."""
    return Spans(_known(known_at), (START,), (END,))


def _entries(**equal: Any) -> Base:
    return lambda known_at: ledger(known_at).narrowed(**equal)


def _by(path: str) -> Condition:
    return lambda spans, words, _known_at: spans.narrowed(**{f"{path}__in": words})


# What any figure over instruments may ask beside its own conditions.
_FACTS: Mapping[str, Condition] = {
    "purpose": _by("purpose"),
    "regime": _by("regime"),
    "item": _by("instrument__item__code"),
}

# --- in use -----------------------------------------------------------------------------------------------------


def _in_use(known_at: datetime | None) -> Spans:
    """In use and under mandatory verification on the day."""
    return ledger(known_at).narrowed(status=IN_USE, mandatory=True)


def _with_proof(spans: Spans, words: tuple[str, ...], _known_at: datetime | None) -> Spans:
    """`valid`: passed last and good on the day, the day due included. `overdue`: the day due lies before it."""
    if words == ("valid",):
        return spans.narrowed(last_result=Result.PASS).until(day_after(F("due_on")))
    return spans.narrowed(due_on__isnull=False).from_(day_after(F("due_on")))


def _speaks_of(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=scope.on), valid_from__lte=scope.on)


# --- due --------------------------------------------------------------------------------------------------------


def _held(known_at: datetime | None) -> Spans:
    """The versions that held a day due up to that day, or until a verification replaced it: they count from the day due
    to the end of its year.

    A version that ended for another reason (moved, transferred, one of its parts verified) hands its day due on, and
    does not count twice. The last day of the year before is not reached: a verification already made in December
    of a day due in January counts by that day in January.
    """
    rows = _known(known_at).filter(due_on__isnull=False, valid_from__lte=F("due_on"))
    return Spans(rows, (F("due_on"),), (year_after(F("due_on")),), (_HeldOut(known_at),))


@dataclass(frozen=True)
class _HeldOut(Looked):
    """A day due was held up to that day, or until a verification replaced it."""

    known_at: datetime | None
    needs: ClassVar[tuple[str, ...]] = ("instrument_id", "valid_to", "due_on")

    def on_day(self, on: date) -> Q:
        mine = InstrumentState.objects.known(self.known_at).filter(instrument=OuterRef("instrument"))
        replaced = mine.filter(
            ~Q(due_on=OuterRef("due_on")) | Q(last_result=Result.FAIL),
            valid_from=OuterRef("valid_to"),
            last_on=OuterRef("valid_to"),
        )
        return Q(valid_to__isnull=True) | Q(valid_to__gt=F("due_on")) | Q(Exists(replaced))

    def over(self, columns: Mapping[str, Ints]) -> NDArray[Any]:
        """Replaced, where more verifications begin on the day it ended than hand the same day due on."""
        things, until, due = (columns[name] for name in self.needs)
        begun = InstrumentState.objects.known(self.known_at).filter(last_on=F("valid_from"))
        hands_on = Case(When(last_result=Result.FAIL, then=None), default=F("due_on"))
        found = read(begun.annotate(hands_on=hands_on), "instrument_id", "valid_from", "hands_on")
        begin = times(keys(things, until), np.sort(keys(found[0], found[1])))
        handed_on = times(keys(things, until, due), np.sort(keys(*found)))
        held: NDArray[Any] = (until > due) | (begin > handed_on)
        return held


def _due(known_at: datetime | None) -> Spans:
    """Days due between 1 January of the year and the day asked for, both included.

    An instrument counts for each day due that it held, by the day it held *before* it was verified: one tested early
    counts when the old day falls within the period. It was in use and under mandatory verification while it held it.
    What was overdue when the year began counts in the year before, and in the share overdue. A failed instrument has
    no day due until it passes: its failure has answered the day it held before.
    """
    return _held(known_at).narrowed(~Q(last_result=Result.FAIL), status=IN_USE, mandatory=True)


def _with_test(spans: Spans, words: tuple[str, ...], known_at: datetime | None) -> Spans:
    """Those due that were verified, with one of these results: counting from the first such verification, if late."""
    return spans.from_(_FirstTest(words, known_at))


@dataclass(frozen=True)
class _FirstTest(Looked):
    """The first verification with one of these results after an entry began."""

    words: tuple[str, ...]
    known_at: datetime | None
    needs: ClassVar[tuple[str, ...]] = ("instrument_id", "valid_from")

    def _tests(self) -> "QuerySet[Any]":
        return InstrumentState.objects.known(self.known_at).filter(last_result__in=self.words)

    def on_day(self, on: date) -> Q:
        mine = self._tests().filter(instrument=OuterRef("instrument"), last_on__gt=OuterRef("valid_from"))
        return Q(Exists(mine.filter(last_on__lte=on)))

    def over(self, columns: Mapping[str, Ints]) -> NDArray[Any]:
        """The next test of the same instrument in the order of the days."""
        things, since = (columns[name] for name in self.needs)
        tests = np.sort(keys(*read(self._tests().filter(last_on__isnull=False), "instrument_id", "last_on")))
        tests = np.append(tests, keys(np.array([2**44]), np.array([0])))
        following = tests[np.searchsorted(tests, keys(things, since), side="right")]
        return np.where(things_of(following) == things, days_of(following), NEVER)


def _on_time(spans: Spans, _words: tuple[str, ...], _known_at: datetime | None) -> Spans:
    """A verification replaced the day due before it had passed, the day itself included."""
    return spans.narrowed(valid_to__lte=F("due_on"))


def _within_year(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    return rows.filter(due_on__gte=scope.on.replace(month=1, day=1), due_on__lte=scope.on)


# --- tested -----------------------------------------------------------------------------------------------------


def _all_tested(known_at: datetime | None) -> Spans:
    """Verifications, counting to the end of their year: the versions of the ledger that one began."""
    rows = _known(known_at).filter(last_on=F("valid_from")).exclude(last_result=Result.NONE)
    return Spans(rows, (START,), (year_after(START),))


def _tested_in_year(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    return rows.filter(valid_from__gte=scope.on.replace(month=1, day=1), valid_from__lte=scope.on)


# --- what may be named ------------------------------------------------------------------------------------------

_VOLUNTARY = _("Not under mandatory verification")
_DUE_LEFT: Mapping[str, tuple[Any, Base]] = {
    "voluntary": (_VOLUNTARY, lambda known_at: _held(known_at).narrowed(mandatory=False)),
    "not_in_use": (
        _("Out of use while the day due was held"),
        lambda known_at: _held(known_at).narrowed(~Q(status=IN_USE), mandatory=True),
    ),
    "failed": (
        _("Failed before, awaiting a new verification: counted by the day due that it failed on"),
        lambda known_at: _held(known_at).narrowed(mandatory=True, status=IN_USE, last_result=Result.FAIL),
    ),
}

INSTRUMENTS: Mapping[str, Spanned] = {
    "instruments_in_use": Spanned(
        _in_use,
        {**_FACTS, "proof": _with_proof},
        {
            "voluntary": (_VOLUNTARY, _entries(status=IN_USE, mandatory=False)),
            "filed": (_("Filed, not yet accepted"), _entries(status__in=[FILED, RETURNED])),
            "stopped": (_("Out of use"), _entries(status=STOPPED)),
            "lost": (_("Lost"), _entries(status=LOST)),
        },
        _speaks_of,
        ledger,
    ),
    "instruments_due": Spanned(_due, _FACTS, _DUE_LEFT, _within_year, ledger),
    "instruments_due_tested": Spanned(
        _due,
        {**_FACTS, "result": _with_test, "on_time": _on_time},
        _DUE_LEFT,
        _within_year,
        ledger,
        implied={"result": tuple(Result.values)},
    ),
    "instruments_tested": Spanned(
        lambda known_at: _all_tested(known_at).narrowed(mandatory=True),
        {**_FACTS, "result": _by("last_result")},
        {"voluntary": (_VOLUNTARY, lambda known_at: _all_tested(known_at).narrowed(mandatory=False))},
        _tested_in_year,
        ledger,
    ),
}
