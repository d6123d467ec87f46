"""Large ledgers: each row counts from a day until before another, so one grouping answers every day at once.

A day is a filter on the two ends. A matrix is a difference array: the database puts both ends of each row into the
numbered days asked for and groups by them; what is left is adding up. No row is joined with any day.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateField, F, Func, Q, QuerySet, Subquery

from hengliang.platform.plan.engine.scope import ALL, Scope, Sweep
from hengliang.platform.plan.engine.selection import Counts, Left, Where
from hengliang.platform.plan.errors import UnknownSelection


class Spans(NamedTuple):
    """Rows, and when each counts: from the latest of `starts` (all of them known) until before the earliest of `ends`
    (those that are null bound nothing). Each expression is asked for once, however dear it is."""

    rows: "QuerySet[Any]"
    starts: tuple[Any, ...]
    ends: tuple[Any, ...]

    def narrowed(self, *conditions: Q, **equal: Any) -> "Spans":
        """Fewer rows."""
        return self._replace(rows=self.rows.filter(*conditions, **equal))

    def from_(self, start: Any) -> "Spans":
        """Counting not before a day too."""
        return self._replace(starts=(*self.starts, start))

    def until(self, end: Any) -> "Spans":
        """Counting only before a day too."""
        return self._replace(ends=(*self.ends, end))

    def bounds(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The expressions of both ends by the names of their columns."""
        starts = {f"counts_from_{place}": one for place, one in enumerate(self.starts)}
        return starts, {f"counts_to_{place}": one for place, one in enumerate(self.ends)}


Base = Callable[[datetime | None], Spans]
Condition = Callable[[Spans, tuple[str, ...], "datetime | None"], Spans]
Near = Callable[["QuerySet[Any]", Scope], "QuerySet[Any]"]


def day_after(expression: Any) -> Func:
    """The day after a day."""
    return Func(expression, template="((%(expressions)s) + 1)", output_field=DateField())


def year_after(expression: Any) -> Func:
    """1 January of the year after a day."""
    template = "((date_trunc('year', (%(expressions)s)) + interval '1 year')::date)"
    return Func(expression, template=template, output_field=DateField())


@dataclass(frozen=True)
class Spanned:
    """A selection over a ledger of dated rows, each of one region."""

    base: Base
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    left: Mapping[str, tuple[Any, Base]] = field(default_factory=dict)
    near: Near = lambda rows, scope: rows
    ledger: Base | None = None
    implied: Where = field(default_factory=dict)
    counts: str = "instruments"

    def spans(self, where: Where, known_at: datetime | None) -> Spans:
        """The rows that meet the conditions."""
        spans = self.base(known_at)
        for name, words in {**self.implied, **where}.items():
            if name not in self.conditions:
                raise UnknownSelection(
                    "unknown_condition", "The rule asks for the condition “%(name)s”, which is unknown.", name=name
                )
            spans = self.conditions[name](spans, words, known_at)
        return spans

    def rows(self, where: Where, mode: str, scope: Scope) -> "QuerySet[Any]":
        """The rows that count on the day."""
        return on_day(self.spans(where, scope.known_at), scope, self.near)

    def number(self, where: Where, mode: str, scope: Scope) -> int:
        """How many count on the day."""
        return self.rows(where, mode, scope).count()

    def table(self, where: Where, mode: str, sweep: Sweep) -> Counts:
        """How many count, for every region and day."""
        return summed(swept(self.spans(where, sweep.known_at), sweep.days), sweep)

    @cached_property
    def excluded(self) -> Left:
        """What is left out, with the reason."""
        return {key: (says, self._left_out(base)) for key, (says, base) in self.left.items()}

    def _left_out(self, base: Base) -> Callable[[Scope], "QuerySet[Any]"]:
        return lambda scope: on_day(base(scope.known_at), scope, self.near)

    def has_ledger(self, scope: Scope) -> bool:
        """Whether anything was in the ledger on the day."""
        return on_day(self._ledger(scope.known_at), scope, lambda rows, _scope: rows).exists()

    def ledger_table(self, sweep: Sweep) -> Counts:
        """How much was in the ledger, for every region and day."""
        return summed(swept(self._ledger(sweep.known_at), sweep.days), sweep)

    def _ledger(self, known_at: datetime | None) -> Spans:
        return (self.ledger or self.base)(known_at)


def on_day(spans: Spans, scope: Scope, near: Near) -> "QuerySet[Any]":
    """The rows that count on the day of the question, in its regions."""
    rows = near(spans.rows, scope)
    if scope.regions is not None:
        rows = rows.filter(region_id__in=scope.regions)
    starts, ends = spans.bounds()
    rows = rows.alias(**starts, **ends).filter(**{f"{name}__lte": scope.on for name in starts})
    for name in ends:
        rows = rows.filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": scope.on}))
    counted: QuerySet[Any] = rows
    return counted


MOST_DAYS_APART = 12


def _touching(starts: Mapping[str, Any], ends: Mapping[str, Any], days: tuple[date, ...]) -> Q:
    """The rows that may count on one of the days, as far as their cheap ends can tell: what needs a query of its own
    for each row is then asked for fewer of them."""
    low = [name for name, one in starts.items() if not isinstance(one, Subquery)]
    high = [name for name, one in ends.items() if not isinstance(one, Subquery)]
    pairs = [(day, day) for day in days] if len(days) <= MOST_DAYS_APART else [(days[0], days[-1])]
    found = Q(pk__in=[])
    for first, last in pairs:
        one = Q(**{f"{name}__lte": last for name in low})
        for name in high:
            one &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": first})
        found |= one
    return found


def swept(spans: Spans, days: tuple[date, ...]) -> dict[int, list[int]]:
    """How many rows of each region count on each day: one query, whatever the number of days."""
    starts, ends = spans.bounds()
    rows = spans.rows.order_by().annotate(**starts, **ends).filter(_touching(starts, ends, days))
    rows = rows.values_list("region_id", *starts, *ends)
    inner, params = rows.query.sql_with_params()
    known = " AND ".join(f"{name} IS NOT NULL" for name in starts)
    sql = (
        f"WITH bounds AS MATERIALIZED ({inner}), spans AS ("  # noqa: S608 - the text is our own
        f"SELECT region_id, greatest({', '.join(starts)}) AS low, least({', '.join(ends)}) AS high"
        f" FROM bounds WHERE {known})"
        " SELECT region_id, width_bucket(low - 1, %s::date[]), coalesce(width_bucket(high - 1, %s::date[]), %s),"
        " count(*) FROM spans WHERE low <= %s AND (high IS NULL OR high > greatest(low, %s)) GROUP BY 1, 2, 3"
    )
    steps: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, list(days), list(days), len(days), days[-1], days[0]])
        for region, start, end, count in cursor.fetchall():
            row = steps.setdefault(region, [0] * (len(days) + 1))
            row[start] += count
            row[end] -= count
    return {region: list(accumulate(row[:-1])) for region, row in steps.items()}


def summed(counts: Mapping[int, list[int]], sweep: Sweep) -> Counts:
    """The counts of each region asked for with all below it."""
    nothing = [0] * len(sweep.days)
    return {
        region: _added((row for one, row in counts.items() if one in under or ALL in under), nothing)
        for region, under in sweep.under.items()
    }


def _added(rows: Iterable[list[int]], nothing: list[int]) -> list[int]:
    found = nothing
    for row in rows:
        found = [one + other for one, other in zip(found, row, strict=True)]
    return found


START, END = F("valid_from"), F("valid_to")
