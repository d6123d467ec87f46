"""Large ledgers: each row counts from a day until before another. A day is a filter on the two ends."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, Func, Q, QuerySet, Value, When

from hengliang.platform.plan.engine.looked import Looked
from hengliang.platform.plan.engine.scope import Scope


class Spans(NamedTuple):
    """Rows of a population that meet the conditions, and when each counts: from the latest of `starts` (all of them
    known) until before the earliest of `ends` (those that are null bound nothing).

    Conditions and ends stand beside the rows and not in them, so that many questions to one population are answered by
    one reading of it. A condition speaks of the row, or of the one thing that it points to; what other rows of the same
    thing decide is a `Looked`, as a start or as a condition.
    """

    rows: "QuerySet[Any]"
    starts: tuple[Any, ...]
    ends: tuple[Any, ...]
    conditions: tuple[Q | Looked, ...] = ()

    def narrowed(self, *conditions: Q | Looked, **equal: Any) -> "Spans":
        """Fewer rows."""
        each = (Q(**{name: value}) for name, value in equal.items())
        return self._replace(conditions=(*self.conditions, *conditions, *each))

    def from_(self, start: Any) -> "Spans":
        """Counting not before a day too."""
        return self._replace(starts=(*self.starts, start))

    def until(self, end: Any) -> "Spans":
        """Counting only before a day too."""
        return self._replace(ends=(*self.ends, end))

    def beyond(self, other: "Spans") -> "Spans | None":
        """What these ask of the rows more than others of the same population do; None where they do not ask all that
        the others ask, or speak of other rows."""
        asked = [(self.conditions, other.conditions), (self.starts, other.starts), (self.ends, other.ends)]
        same = str(self.rows.query) == str(other.rows.query)
        if not same or any(one not in mine for mine, its in asked for one in its):
            return None
        conditions, starts, ends = (tuple(one for one in mine if one not in its) for mine, its in asked)
        return Spans(self.rows, starts, ends, conditions)

    def counting(self, rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
        """Those of the rows that meet the conditions and count on a day."""
        bounds, met = self._asked(on, "counts")
        found: QuerySet[Any] = rows.alias(**bounds).filter(*met)
        return found

    def lacking(self, rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
        """Those of the rows that do not: a condition that is unknown is not met."""
        bounds, met = self._asked(on, "asked")
        meets = Case(When(Q(*met), then=Value(True)), default=Value(False))
        found: QuerySet[Any] = rows.alias(**bounds, meets=meets).filter(meets=False)
        return found

    def _asked(self, on: date, name: str) -> tuple[dict[str, Any], list[Q]]:
        """The expressions of both ends by the names of their columns, and all that a row has to meet on a day."""
        met = [one.on_day(on) if isinstance(one, Looked) else one for one in self.conditions]
        met += [one.on_day(on) for one in self.starts if isinstance(one, Looked)]
        starts = {f"{name}_from_{n}": one for n, one in enumerate(self.starts) if not isinstance(one, Looked)}
        ends = {f"{name}_to_{n}": one for n, one in enumerate(self.ends)}
        met += [Q(**{f"{start}__lte": on}) for start in starts]
        met += [Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on}) for end in ends]
        return starts | ends, met


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
    rows = near(spans.rows, scope)
    if scope.regions is not None:
        rows = rows.filter(region_id__in=scope.regions)
    return spans.counting(rows, scope.on)


START, END = F("valid_from"), F("valid_to")
