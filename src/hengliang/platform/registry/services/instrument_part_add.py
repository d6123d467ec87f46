"""A part that is judged singly (nozzle, charging gun, platform) is entered under its instrument."""

from datetime import date
from typing import Unpack

from django.db import transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.identity import Identity, tidied
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import locked_entry, perform_on, refuse_if_gone
from hengliang.platform.registry.services.identity import enter_instrument
from hengliang.platform.registry.services.parts import follow_parts

# What a part has from its whole unless told otherwise.
_INHERITED = ("name", "category", "model", "serial_number", "manufacturer", "origin", "accuracy_class", "made_on")


def instrument_part_add(
    *,
    actor: Actor,
    instrument: Instrument,
    label: str,
    due_on: date | None = None,
    on: date | None = None,
    **identity: Unpack[Identity],
) -> Instrument:
    """Add a part: it stands where the whole stands, in the same state, and is due by itself.

    Errors: `InputRefused` for a part of a part, and for a label that is missing or taken.
    """
    label = label.strip()
    if instrument.part_of_id is not None:
        raise InputRefused("part_of_part", "A part can't have parts; add it to the instrument itself.")
    with transaction.atomic():
        entry = locked_entry(actor, "instrument_part_add", instrument, on or actor.today)
        refuse_if_gone(entry)
        if not label or instrument.parts.filter(part_label=label, merged_into=None).exists():
            raise InputRefused(
                "part_label_taken", "Give each part a label of its own, such as “Nozzle 1”.", field="label"
            )
        told = {name: getattr(instrument, name) for name in _INHERITED} | tidied(identity)
        with perform_on(actor, "instrument_part_add", entry, on=on) as act:
            made = Instrument(item=instrument.item, **(told | {"part_of": instrument, "part_label": label}))
            part = enter_instrument(act, made, _entry(entry, due_on or entry.due_on or act.on), {})
            act.content = {"instrument": instrument.code, "part": part.code, "label": label}
            follow_parts(instrument, act=act, on=act.on)
    return part


def _entry(whole: InstrumentState, due_on: date) -> InstrumentState:
    facts = {name: getattr(whole, name) for name in InstrumentState.facts()}
    return InstrumentState(**(facts | {"is_part": True, "due_on": due_on}))
