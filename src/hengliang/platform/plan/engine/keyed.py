"""Small registers where one thing may be spoken of by many rows: standards, items, achievements.

A thing counts once, however many papers, bodies or districts speak of it. The rows are few enough to be read whole.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from hengliang.platform.plan.engine.scope import ALL, Scope, Sweep
from hengliang.platform.plan.engine.selection import Counts, Left, Where
from hengliang.platform.plan.errors import UnknownSelection


class Span(NamedTuple):
    """A thing counts in a region from a day until before another (None: still)."""

    key: int
    region_id: int | None
    start: date
    end: date | None


Read = Callable[[Where, "datetime | None"], Iterable[Span]]
ReadMany = Callable[[Sequence[Where], "datetime | None"], Sequence[Iterable[Span]]]


@dataclass(frozen=True)
class Keyed:
    """A selection of distinct things.

    `read` gives the spans that meet the conditions; a region of None counts everywhere. `objects` gives the things by
    their keys. `inherits`: what lies in a region above counts here too. `ledger` gives the spans by which one tells
    whether anything was kept at all; without it the register itself. `read_many` answers several sets of conditions by
    one reading.
    """

    read: Read
    objects: Callable[[Iterable[int]], "QuerySet[Any]"]
    names: frozenset[str] = frozenset()
    counts: str = "items"
    excluded: Left = field(default_factory=dict)
    inherits: bool = False
    ledger: Callable[[datetime | None], Iterable[Span]] | None = None
    read_many: ReadMany | None = None

    def spans(self, where: Where, known_at: datetime | None) -> Iterable[Span]:
        """The spans that meet the conditions."""
        self._check(where)
        return self.read(where, known_at)

    def _check(self, where: Where) -> None:
        for name in where:
            if name not in self.names:
                raise UnknownSelection(
                    "unknown_condition", "The rule asks for the condition “%(name)s”, which is unknown.", name=name
                )

    def keys(self, where: Where, mode: str, scope: Scope) -> frozenset[int]:
        """The things counted on the day."""
        return self._of(self.spans(where, scope.known_at), mode, scope)

    def many(self, asked: Sequence[tuple[Where, str]], scope: Scope) -> list[frozenset[int]]:
        """The things counted on the day, for several conditions and modes."""
        found = self._read_all([where for where, _mode in asked], scope.known_at)
        return [self._of(spans, mode, scope) for spans, (_where, mode) in zip(found, asked, strict=True)]

    def _read_all(self, wheres: Sequence[Where], known_at: datetime | None) -> Sequence[Iterable[Span]]:
        if self.read_many is None or len(wheres) == 1:
            return [self.spans(where, known_at) for where in wheres]
        for where in wheres:
            self._check(where)
        return self.read_many(wheres, known_at)

    def _of(self, spans: Iterable[Span], mode: str, scope: Scope) -> frozenset[int]:
        wanted = self._wanted(scope)
        mine = [one for one in spans if _lies_in(one, wanted)]
        return frozenset(key for key, known in _by_key(mine).items() if _counts(known, mode, scope.on, scope.since))

    def _wanted(self, scope: Scope) -> frozenset[int] | None:
        return None if scope.regions is None else scope.regions | (scope.above if self.inherits else frozenset())

    def rows(self, where: Where, mode: str, scope: Scope) -> "QuerySet[Any]":
        """The things themselves."""
        return self.objects(self.keys(where, mode, scope))

    def number(self, where: Where, mode: str, scope: Scope) -> int:
        """How many."""
        return len(self.keys(where, mode, scope))

    def table(self, where: Where, mode: str, sweep: Sweep) -> Counts:
        """How many, for every region and day."""
        return self._swept(list(self.spans(where, sweep.known_at)), mode, sweep)

    def tables(self, asked: Sequence[tuple[Where, str]], sweep: Sweep) -> list[Counts]:
        """How many, for several conditions and modes, every region and day."""
        found = self._read_all([where for where, _mode in asked], sweep.known_at)
        return [self._swept(list(spans), mode, sweep) for spans, (_where, mode) in zip(found, asked, strict=True)]

    def has_ledger(self, scope: Scope) -> bool:
        """Whether anything had been kept by that day."""
        wanted = self._wanted(scope)
        return any(one.start <= scope.on and _lies_in(one, wanted) for one in self._kept(scope.known_at))

    def ledger_table(self, sweep: Sweep) -> Counts:
        """How much had been kept, for every region and day."""
        kept = [one._replace(end=None) for one in self._kept(sweep.known_at)]
        return self._swept(kept, "stock", sweep)

    def _kept(self, known_at: datetime | None) -> Iterable[Span]:
        return self.ledger(known_at) if self.ledger else self.read({}, known_at)

    def _swept(self, spans: list[Span], mode: str, sweep: Sweep) -> Counts:
        found: Counts = {}
        for region in sweep.regions:
            under = sweep.under[region]
            wanted = None if ALL in under else under | (sweep.above[region] if self.inherits else frozenset())
            by_key = _by_key(one for one in spans if _lies_in(one, wanted))
            found[region] = _numbers(by_key, mode, sweep)
        return found


def _lies_in(span: Span, regions: frozenset[int] | None) -> bool:
    return regions is None or span.region_id is None or span.region_id in regions


def _by_key(spans: Iterable[Span]) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for one in spans:
        found.setdefault(one.key, []).append(one)
    return found


def _counts(spans: list[Span], mode: str, on: date, begins: date) -> bool:
    """Whether a thing counts on a day: it stands, and for `new` its first day lies within the period."""
    stands = any(one.start <= on and (one.end is None or one.end > on) for one in spans)
    return stands and (mode != "new" or min(one.start for one in spans) >= begins)


def _numbers(by_key: Mapping[int, list[Span]], mode: str, sweep: Sweep) -> list[int]:
    days = sweep.days
    steps = [0] * (len(days) + 1)
    for spans in by_key.values():
        first = min(one.start for one in spans)
        for start, end in _united(spans):
            low, high = bisect_left(days, start), len(days) if end is None else bisect_left(days, end)
            if mode == "new":
                high = min(high, _last_within(days, first, sweep.begins))
                low = max(low, 0)
            if low < high:
                steps[low] += 1
                steps[high] -= 1
    total, found = 0, []
    for step in steps[:-1]:
        total += step
        found.append(total)
    return found


def _last_within(days: tuple[date, ...], first: date, begins: date | None) -> int:
    """Up to which day (exclusive) a thing that began on `first` is new: always, never, or to the end of its year."""
    if begins is not None:
        return len(days) if first >= begins else 0
    return bisect_left(days, date(first.year + 1, 1, 1))


def _united(spans: list[Span]) -> list[tuple[date, date | None]]:
    """The spans of one thing without overlap."""
    found: list[tuple[date, date | None]] = []
    for one in sorted(spans, key=lambda span: span.start):
        if one.end is not None and one.end <= one.start:
            continue
        if found and (found[-1][1] is None or found[-1][1] >= one.start):
            last = found[-1][1]
            end = None if last is None or one.end is None else max(last, one.end)
            found[-1] = (found[-1][0], end)
        else:
            found.append((one.start, one.end))
    return found
