"""Large ledgers: each row counts from a day until before another. A day is a filter on the two ends."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import DateField, F, Func, Q, QuerySet

from hengliang.platform.plan.engine.scope import Scope


class Spans(NamedTuple):
    """Rows of a population that meet the conditions, and when each counts: from the latest of `starts` (all of them
    known) until before the earliest of `ends` (those that are null bound nothing).

    Conditions and ends stand beside the rows and not in them, so that many questions to one population are answered by
    one reading of it. A condition speaks of the row, or of the one thing that it points to.
    """

    rows: "QuerySet[Any]"
    starts: tuple[Any, ...]
    ends: tuple[Any, ...]
    conditions: tuple[Q, ...] = ()

    def narrowed(self, *conditions: Q, **equal: Any) -> "Spans":
        """Fewer rows."""
        each = (Q(**{name: value}) for name, value in equal.items())
        return self._replace(conditions=(*self.conditions, *conditions, *each))

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


Near = Callable[["QuerySet[Any]", Scope], "QuerySet[Any]"]


def day_after(expression: Any) -> Func:
    """The day after a day."""
    return Func(expression, template="((%(expressions)s) + 1)", output_field=DateField())


def year_after(expression: Any) -> Func:
    """1 January of the year after a day."""
    template = "((date_trunc('year', (%(expressions)s)) + interval '1 year')::date)"
    return Func(expression, template=template, output_field=DateField())


def on_day(spans: Spans, scope: Scope, near: Near) -> "QuerySet[Any]":
    """The rows that count on the day of the question, in its regions."""
    rows = near(spans.rows.filter(*spans.conditions), scope)
    if scope.regions is not None:
        rows = rows.filter(region_id__in=scope.regions)
    starts, ends = spans.bounds()
    rows = rows.alias(**starts, **ends).filter(**{f"{name}__lte": scope.on for name in starts})
    for name in ends:
        rows = rows.filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": scope.on}))
    counted: QuerySet[Any] = rows
    return counted


START, END = F("valid_from"), F("valid_to")
