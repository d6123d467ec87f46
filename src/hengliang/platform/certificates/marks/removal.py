"""What has to come off: marks whose proof is good no longer, and those on instruments that are scrapped or lost.

An instrument that is only out of use keeps its marks: it may come back. The act that takes a mark off is `mark_remove`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.states import ON_INSTRUMENT, TO_REMOVE
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.states import INSTRUMENT, LOST, SCRAPPED

FOR_GOOD = (SCRAPPED, LOST)


@dataclass(frozen=True)
class Removal:
    """A mark that has to come off: why, since when, who of the body must see to it, and who has the instrument."""

    mark: Mark
    why: str
    since: date
    who: str
    holder: str


def with_gone(rows: "QuerySet[Mark]") -> "QuerySet[Mark]":
    """The marks with `gone`: the state of an instrument that is there for good no more, under a mark on it; or null."""
    now = InstrumentState.objects.current().filter(instrument=OuterRef("instrument"), status__in=FOR_GOOD)
    status = Subquery(now.values("status")[:1])
    return rows.annotate(
        gone=Case(When(state=ON_INSTRUMENT, then=status), default=Value(None), output_field=CharField(null=True))
    )


def due_off(rows: "QuerySet[Mark]") -> "QuerySet[Mark]":
    """Those of the marks that have to come off."""
    ended = InstrumentState.objects.current().filter(status__in=FOR_GOOD)
    return rows.filter(Q(state=TO_REMOVE) | Q(state=ON_INSTRUMENT, instrument__in=ended.values("instrument")))


def not_due_off(rows: "QuerySet[Mark]") -> "QuerySet[Mark]":
    """The others."""
    return rows.exclude(pk__in=due_off(Mark.objects.all()).values("pk"))


def removals(rows: "QuerySet[Mark]", most: int) -> list[Removal]:
    """What has to come off of these marks, the longest on it first, in two queries."""
    found = due_off(rows).select_related("instrument", "person", "body", "series").order_by("on", "pk")
    return list(removals_of(found[:most]).values())


def removals_of(marks: Iterable[Mark]) -> dict[int, Removal]:
    """What is to be said of each of the marks that has to come off, by its key; one query."""
    rows = list(marks)
    states = InstrumentState.objects.current().filter(instrument__in={row.instrument_id for row in rows})
    now = {state.instrument_id: state for state in states.select_related("owner")}
    told = {}
    for row in rows:
        state = now.get(row.instrument_id or 0)
        if (why := _why(row, state)) is not None:
            told[row.pk] = Removal(row, *why, who=_who(row), holder=state.owner.name if state else "")
    return told


def _why(mark: Mark, state: Any) -> tuple[str, date] | None:
    if state is not None and state.status in FOR_GOOD and mark.state in (ON_INSTRUMENT, TO_REMOVE):
        return str(INSTRUMENT.state(state.status).label), state.valid_from
    if mark.state == TO_REMOVE:
        return _("What it stood for is good no longer"), mark.ended_on or mark.on
    return None


def _who(mark: Mark) -> str:
    """Whoever put it on; where nobody is named, the body."""
    if mark.person is None:
        return mark.body.name
    return _("%(person)s, %(body)s") % {"person": mark.person.name, "body": mark.body.name}
