"""A whole follows its parts: it is due when the first of its parts in use is due."""

from datetime import date
from typing import Any

from hengliang.platform.core.models import Act, revise
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE

_WORST = ("fail", "", "pass")


def parts_of(instrument: Instrument, on: date) -> list[InstrumentState]:
    """The entries of the parts of an instrument on a day."""
    if instrument.part_of_id is not None:
        return []
    rows = InstrumentState.objects.on(on).filter(instrument__part_of=instrument)
    return list(rows.select_related("instrument__item").order_by("instrument__part_label", "instrument_id"))


def follow_parts(whole: Instrument, *, act: Act, on: date) -> None:
    """Write the dates of a whole anew from its parts in use; nothing where no part is in use."""
    entry = whole.states.on(on).first()
    in_use = [part for part in parts_of(whole, on) if part.status == IN_USE]
    if entry is None or not in_use:
        return
    changes = {name: value for name, value in _from(in_use).items() if getattr(entry, name) != value}
    if changes:
        revise(whole.states.all(), act=act, on=on, **changes)


def _from(parts: list[InstrumentState]) -> dict[str, Any]:
    return {
        "due_on": min((part.due_on for part in parts if part.due_on), default=None),
        "last_on": max((part.last_on for part in parts if part.last_on), default=None),
        "last_result": min((part.last_result for part in parts), key=_WORST.index),
    }
