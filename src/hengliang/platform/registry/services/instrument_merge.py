"""Two entries turn out to be one instrument: one leads on to the other from now on."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act, begin, end, revise
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState
from hengliang.platform.registry.services.entry import SHARED, advance_locked, locked_entry, refuse_if_gone
from hengliang.platform.registry.services.instrument_correct import refresh_search
from hengliang.platform.registry.services.parts import follow_parts, parts_of


def instrument_merge(
    *, actor: Actor, instrument: Instrument, into: Instrument, reason: str, on: date | None = None
) -> InstrumentState:
    """Merge a duplicate into the entry that stays. Its codes lead there; its proofs and acts stay as they were.

    Errors: `InputRefused` for an instrument and itself, or a whole and a part; `TransitionRefused` if one is gone.
    """
    if instrument.pk == into.pk or instrument.part_of_id != into.part_of_id:
        raise InputRefused(
            "merge_unlike",
            "Choose another entry of the same instrument; a part merges with a part of it.",
            field="into",
        )
    day = on or actor.today
    with transaction.atomic():
        list(Instrument.objects.select_for_update().filter(pk__in=[instrument.pk, into.pk]).order_by("pk"))
        kept = locked_entry(actor, "instrument_merge", into, day)
        refuse_if_gone(kept)
        entry = locked_entry(actor, "instrument_merge", instrument, day)
        return advance_locked(
            actor, "instrument_merge", entry, on=on, reason=reason, also=lambda act: _lead_on(instrument, kept, act)
        )


def _lead_on(instrument: Instrument, kept: InstrumentState, act: Act) -> None:
    into = kept.instrument
    act.content = {"instrument": instrument.code, "into": into.code}
    _take_codes(instrument, into, act)
    _take_result(instrument, kept, act)
    _take_parts(instrument, kept, act)
    # One by one, so that the act's entry in the log commits to each row.
    for one in (*Instrument.objects.filter(merged_into=instrument).order_by("pk"), instrument):
        one.merged_into, one.act = into, act
        one.save(update_fields=["merged_into", "act"])
    refresh_search(into)
    into.save(update_fields=["search_text"])


def _take_codes(instrument: Instrument, into: Instrument, act: Act) -> None:
    moving = list(instrument.codes.on(act.on).filter(valid_to__isnull=True).values_list("kind", "value"))
    end(instrument.codes.all(), act=act, on=act.on)
    held = set(into.codes.on(act.on).values_list("kind", "value"))
    for kind, value in [*moving, (InstrumentCode.Kind.FORMER, instrument.code)]:
        if (kind, value) not in held:
            begin(InstrumentCode, act=act, on=act.on, instrument=into, kind=kind, value=value)


def _take_parts(instrument: Instrument, kept: InstrumentState, act: Act) -> None:
    """The parts stand where the entry that stays stands, and belong to whom it belongs."""
    shared = {name: getattr(kept, name) for name in SHARED}
    for entry in parts_of(instrument, act.on):
        if any(getattr(entry, name) != value for name, value in shared.items()):
            revise(entry.instrument.states.all(), act=act, on=act.on, **shared)
    parts = list(instrument.parts.order_by("pk"))
    for part in parts:
        part.part_of, part.act = kept.instrument, act
        part.save(update_fields=["part_of", "act"])
    if parts:
        follow_parts(kept.instrument, act=act, on=act.on)


def _take_result(instrument: Instrument, kept: InstrumentState, act: Act) -> None:
    """The later verification of the two counts for the entry that stays."""
    other = instrument.states.on(act.on).get()
    if other.last_on and (kept.last_on is None or other.last_on > kept.last_on):
        facts = {name: getattr(other, name) for name in ("last_on", "last_result", "due_on", "reason")}
        revise(kept.instrument.states.all(), act=act, on=act.on, **facts)
