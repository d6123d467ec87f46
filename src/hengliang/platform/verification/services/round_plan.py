"""A round is planned: by the authority or the body, for what falls due at a market or in a township."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act, Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.models import Round, RoundInstrument, RoundStop, Task
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.rounds.candidates import refuse_on_another_round, within_reach
from hengliang.platform.verification.states import OPEN_TASKS, ROUND

MOST = 1_000  # instruments of one round: what two people can do in its days, and a device can carry


def round_plan(
    *,
    actor: Actor,
    kind: Round.Kind,
    body: Organisation,
    region: Region,
    place: str,
    starts_on: date,
    ends_on: date,
    instruments: Sequence[Instrument],
    organiser: Organisation | None = None,
    stops: Sequence[str] = (),
    note: str = "",
) -> Round:
    """A round to instruments in use of one region, or of one market. What is already asked of another body stays there.

    Errors: `InputRefused` for days in the past, for no instrument, for one that is not in use there, or on the list of
    another round.
    """
    permit(actor, "round_plan", organisations=[body.pk], region_id=region.pk)
    with perform(actor, "round_plan", organisation_id=body.pk, region_id=region.pk) as act:
        return enter_round(
            actor, act, instruments, stops, kind=kind, body=body, region=region, place=place, starts_on=starts_on,
            ends_on=ends_on, organiser=organiser, note=note,
        )  # fmt: skip


def require_days(actor: Actor, starts_on: date, ends_on: date) -> None:
    """Refuse days of a round that lie in the past, or the wrong way round.

    Errors: `InputRefused`.
    """
    if starts_on < actor.today or ends_on < starts_on:
        wrong = "starts_on" if starts_on < actor.today else "ends_on"
        raise InputRefused("round_days", "The days of a round begin today or later, and end no earlier.", field=wrong)


def enter_round(actor: Actor, act: Act, instruments: Sequence[Instrument], stops: Sequence[str], **facts: Any) -> Round:
    """Write a round with its route and its instruments under the act."""
    require_days(actor, facts["starts_on"], facts["ends_on"])
    entries = _entries(instruments, facts, actor.today)
    made = Round.objects.create(
        act=act, number=next_number(facts["body"], "round", actor.today), state=ROUND.states[0].code, **facts
    )
    act.subject = made
    enter(ROUND, made, act)
    add_lines(act, made, entries, stops)
    act.content = {
        "number": made.number, "kind": made.kind, "body": made.body_id, "starts_on": made.starts_on.isoformat(),
        "ends_on": made.ends_on.isoformat(), "instruments": [entry.instrument.code for entry in entries],
    }  # fmt: skip
    return made


def add_lines(act: Act, shown: Round, entries: Sequence[InstrumentState], stops: Sequence[str] = ()) -> None:
    """Put instruments on the route: at the stop whose name begins their place, else at that of their user."""
    known = {stop.name: stop for stop in shown.stops.all()}
    for name in stops:
        if name.strip() and name.strip() not in known:
            known[name.strip()] = _stop(act, shown, len(known), name.strip())
    open_tasks = {
        task.instrument_id: task
        for task in Task.objects.filter(instrument__in=[e.instrument_id for e in entries], state__in=OPEN_TASKS)
    }
    for entry in entries:
        stop = next((one for name, one in known.items() if entry.place.startswith(name)), None)
        if stop is None:
            name = (shown.place if shown.kind == Round.Kind.MARKET else entry.owner.name)[:200]
            stop = known.get(name) or known.setdefault(name, _stop(act, shown, len(known), name))
        task = open_tasks.get(entry.instrument_id)
        RoundInstrument.objects.create(
            act=act, round=shown, stop=stop, instrument=entry.instrument, stall=entry.place or entry.owner.name,
            task=task if task and task.body_id == shown.body_id else None,
        )  # fmt: skip


def _stop(act: Act, shown: Round, rank: int, name: str) -> RoundStop:
    return RoundStop.objects.create(act=act, round=shown, rank=rank, name=name)


def _entries(instruments: Sequence[Instrument], facts: dict[str, Any], on: date) -> list[InstrumentState]:
    if not instruments:
        raise InputRefused("no_instruments", "Choose at least one instrument.", field="instruments")
    if len(instruments) > MOST:
        raise InputRefused(
            "round_too_large", "A round takes at most %(most)s instruments; plan several.", field="instruments",
            most=MOST,
        )  # fmt: skip
    rows = InstrumentState.objects.current().filter(instrument__in=instruments, status=IN_USE)
    found = {row.instrument_id: row for row in rows.select_related("instrument__item__parent", "owner", "body")}
    busy = Task.objects.filter(instrument__in=instruments, state__in=OPEN_TASKS).exclude(body=facts["body"])
    elsewhere = set(busy.values_list("instrument_id", flat=True))
    wrong = [i.printed_code for i in instruments if i.pk not in found or i.pk in elsewhere]
    if wrong:
        raise InputRefused(
            "not_for_this_round", "Not in use, or already asked of another body: %(codes)s.", field="instruments",
            codes=", ".join(wrong[:20]),
        )  # fmt: skip
    refuse_on_another_round(instruments)
    entries = [found[i.pk] for i in instruments]
    kept, refusal = within_reach(entries, facts["body"], on)
    if refusal is not None and len(kept) < len(entries):
        raise refusal
    return entries
