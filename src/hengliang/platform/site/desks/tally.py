"""The ledger of today counted once for a whole desk: one grouped query, then sums."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, Min, Q, Value, When
from django.db.models.functions import TruncMonth

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors import WARNING_DAYS
from hengliang.platform.registry.states import FILED, IN_USE, RETURNED
from hengliang.platform.supervision.selectors import standing, watch_list
from hengliang.platform.verification.delay import delay_counts

T = TypeVar("T")

# A count that took long is kept for a minute; one that did not is made anew, so that an act shows at once.
SLOW, KEPT = 0.1, 60


@dataclass(frozen=True)
class Cell:
    """So many instruments that agree in all that a desk asks about."""

    region_id: int
    item: str
    body_id: int | None
    standing: str
    tested: bool
    result: str
    count: int
    oldest: date | None


@dataclass(frozen=True)
class Tally:
    """All that a desk counts of the ledger."""

    cells: tuple[Cell, ...]

    def where(self, test: Callable[[Cell], bool]) -> "Tally":
        """The part that meets a test."""
        return Tally(tuple(cell for cell in self.cells if test(cell)))

    def count(self, standing: str = "") -> int:
        """How many, in a standing: `overdue`, `failed`, `soon`, `later`, `filed`; without one, all under control."""
        return sum(cell.count for cell in self._of(standing))

    def oldest(self, standing: str) -> date | None:
        """The earliest day due in a standing."""
        return min((cell.oldest for cell in self._of(standing) if cell.oldest), default=None)

    def _of(self, standing: str) -> Iterator[Cell]:
        wanted = {standing} if standing else {"overdue", "failed", "soon", "later"}
        return (cell for cell in self.cells if cell.standing in wanted)

    def tested(self) -> tuple[int, int]:
        """Passed and all of those whose last verification lies in this year."""
        found = [cell for cell in self.cells if cell.tested]
        return sum(cell.count for cell in found if cell.result == "pass"), sum(cell.count for cell in found)

    def by(self, key: str) -> dict[object, "Tally"]:
        """Split by region, item or body, those with most overdue first."""
        parts: dict[object, list[Cell]] = {}
        for cell in self.cells:
            parts.setdefault(getattr(cell, key), []).append(cell)
        tallies = {name: Tally(tuple(cells)) for name, cells in parts.items()}
        return dict(sorted(tallies.items(), key=lambda pair: -pair[1].count("overdue") - pair[1].count("failed")))


def tally_of(actor: Actor) -> Tally:
    """The tally of the entries that the actor may see."""
    return _kept(f"tally:{_whom(actor)}", lambda: _tally(actor))


def _tally(actor: Actor) -> Tally:
    today = actor.today
    control = Q(status=IN_USE, mandatory=True)
    stands = Case(
        When(Q(status=FILED), Value("filed")),
        When(Q(status=RETURNED, mandatory=True, due_on__lt=today), Value("overdue")),
        When(~control, Value("out")),
        When(Q(last_result=InstrumentState.Result.FAIL), Value("failed")),
        When(due_on__lt=today, then=Value("overdue")),
        When(due_on__lte=today + timedelta(days=WARNING_DAYS), then=Value("soon")),
        default=Value("later"),
    )
    tested = ExpressionWrapper(
        Q(last_on__isnull=False, last_on__gte=today.replace(month=1, day=1)), output_field=BooleanField()
    )
    groups = (
        InstrumentState.objects.visible_to(actor)
        .current()
        .whole()
        .order_by()
        .values_list("region_id", "instrument__item__code", "body_id", stands, tested, "last_result")
        .annotate(Count("pk"), Min("due_on"))
    )
    return Tally(tuple(Cell(*row) for row in groups))


def delays(actor: Actor) -> dict[str, int]:
    """How many of the overdue are so for which reason."""
    return _kept(f"delays:{_whom(actor)}", lambda: delay_counts(standing(watch_list(actor), "overdue", actor.today)))


@dataclass(frozen=True)
class MonthDue:
    """How many fall due in a month, on site or sent in."""

    month: date
    on_site: bool
    count: int


def due_months(actor: Actor, months: int = 12) -> tuple[MonthDue, ...]:
    """What falls due from today on, by month."""
    today = actor.today
    until = today.replace(day=1) + timedelta(days=31 * months)

    def found() -> tuple[MonthDue, ...]:
        rows = InstrumentState.objects.visible_to(actor).current().whole().under_control()
        groups = (
            rows.filter(due_on__gte=today, due_on__lt=until.replace(day=1))
            .order_by()
            .annotate(month=TruncMonth(F("due_on")))
            .values_list("month", "on_site")
            .annotate(Count("pk"))
        )
        return tuple(sorted((MonthDue(*row) for row in groups), key=lambda one: (one.month, one.on_site)))

    return _kept(f"months:{_whom(actor)}", found)


def _whom(actor: Actor) -> str:
    """A key for all actors who see the same rows today."""
    grants = sorted((g.role, g.organisation_id or 0, sorted(g.region_ids)) for g in actor.grants)
    return sha256(repr((actor.today, grants)).encode()).hexdigest()


def _kept(key: str, make: Callable[[], T]) -> T:
    if (found := cache.get(key)) is not None:
        return found  # type: ignore[no-any-return]
    began = time.perf_counter()
    made = make()
    if time.perf_counter() - began > SLOW:
        cache.set(key, made, KEPT)
    return made
