"""What a round could be for: what falls due on site by a day, in a market, in a region, or at one user."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import MANDATORY, RoundInstrument, Task
from hengliang.platform.verification.routing import body_for, routes_of
from hengliang.platform.verification.states import OPEN_TASKS

MOST_ASKED = 1_000  # entries whose bodies are looked up for a refusal
BEYOND_DESK = ("waiting", "applied")
AHEAD = ("planned", "proposed", "confirmed", "out")  # rounds that are still to measure what stands on their list


def candidates(
    actor: Actor, body: Organisation, until: date, *, at: Organisation | None = None, region_id: int | None = None
) -> "QuerySet[InstrumentState]":
    """The entries, in the order of their places: seen by the actor, in use, due by `until`, not measured already.

    What another round is to measure is left out.
    """
    rows = due_there(actor, body, until, at=at, region_id=region_id)
    return rows.exclude(instrument__in=RoundInstrument.objects.filter(round__state__in=AHEAD).values("instrument"))


def due_there(
    actor: Actor, body: Organisation, until: date, *, at: Organisation | None = None, region_id: int | None = None
) -> "QuerySet[InstrumentState]":
    """The same entries with those that another round is to measure.

    In a market everything that stands there; elsewhere what is verified on site. What another body has is left out.
    """
    rows = _due(actor, until, at, region_id)
    busy = Task.objects.filter(state__in=OPEN_TASKS).exclude(body=body, state__in=BEYOND_DESK)
    rows = rows.filter(Q(body=body) | Q(body=None)).exclude(instrument__in=busy.values("instrument"))
    return rows.select_related("instrument__item", "owner").order_by("market_id", "owner__name", "place", "pk")


def _due(actor: Actor, until: date, at: Organisation | None, region_id: int | None) -> "QuerySet[InstrumentState]":
    rows = InstrumentState.objects.visible_to(actor).current().whole().under_control().filter(due_on__lte=until)
    if at is not None:
        rows = rows.filter(Q(market=at) | Q(owner=at))
    if region_id is not None:
        rows = rows.filter(region_id__in=regions_under([region_id], actor.today), on_site=True)
    return rows


def due_elsewhere(
    actor: Actor, body: Organisation, until: date, *, at: Organisation | None = None, region_id: int | None = None
) -> list[str]:
    """The names of those who are to verify what falls due there, where that is not the body."""
    rows = _due(actor, until, at, region_id).exclude(body=body).select_related("instrument__item", "body")
    found = {one.name for route in routes_of(rows[:MOST_ASKED], actor.today) for one in route.bodies}
    return sorted(found - {body.name})


def refuse_on_another_round(instruments: Sequence[Instrument]) -> None:
    """Refuse what stands on the list of a round that is still to measure it: nobody comes twice for the same.

    Errors: `InputRefused` with the codes, each with its round.
    """
    lines = RoundInstrument.objects.filter(round__state__in=AHEAD, instrument__in=instruments)
    if found := list(lines.order_by("pk").values_list("instrument__code", "round__number")):
        raise InputRefused(
            "on_another_round", "On the list of another round already: %(codes)s.", field="instruments",
            codes=", ".join(f"{spaced(code)} ({number})" for code, number in found[:20]),
        )  # fmt: skip


def within_reach(
    rows: Sequence[InstrumentState], body: Organisation, on: date
) -> tuple[list[InstrumentState], InputRefused | None]:
    """The entries that the body may verify on a day, and why the first of the others is not for it.

    What it has a task for already is its own; for the rest the rule is that of an application.
    """
    kind = job_kind(MANDATORY, on)
    own = set(
        Task.objects.filter(instrument__in=[row.instrument_id for row in rows], state__in=OPEN_TASKS, body=body)
        .values_list("instrument_id", flat=True)
    )  # fmt: skip
    refusals: dict[tuple[int, int, int | None], InputRefused | None] = {}
    kept = [row for row in rows if row.instrument_id in own]
    asked = [row for row in rows if row.instrument_id not in own]
    for route in routes_of(asked, on):
        key = (route.entry.instrument.item_id, route.entry.region_id, route.entry.body_id)
        if key not in refusals:
            try:
                body_for(kind, [route], body, on)
                refusals[key] = None
            except InputRefused as refusal:
                refusals[key] = refusal
        if refusals[key] is None:
            kept.append(route.entry)
    places = {row.pk: at for at, row in enumerate(rows)}
    return sorted(kept, key=lambda row: places[row.pk]), next((r for r in refusals.values() if r is not None), None)
