"""An instrument is preserved while a dispute about it lasts; called by the acts that open and end the dispute."""

from datetime import date

from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.models import Act, begin, end
from hengliang.platform.registry.models import Instrument, InstrumentHold
from hengliang.platform.registry.states import FORBIDDEN


def hold(instrument: Instrument, *, act: Act, document: str) -> InstrumentHold:
    """Preserve an instrument from the day of the act until it is released.

    Errors: `Blocked` if it is preserved already.
    """
    if standing := hold_of(instrument, act.on):
        raise Blocked(
            "held_already", "%(instrument)s is preserved already by %(document)s.",
            instrument=instrument.code, document=standing.document,
        )  # fmt: skip
    return begin(InstrumentHold, act=act, on=act.on, instrument=instrument, document=document)


def release(instrument: Instrument, *, act: Act) -> None:
    """End the preservation of an instrument with the day before the act."""
    end(instrument.holds.all(), act=act, on=act.on)


def hold_of(instrument: Instrument, on: date) -> InstrumentHold | None:
    """What preserves an instrument, or the whole that it is a part of, on a day."""
    held = [pk for pk in (instrument.pk, instrument.part_of_id) if pk]
    return InstrumentHold.objects.on(on).filter(instrument__in=held).first()


def refuse_if_held(kind: str, instrument: Instrument, on: date) -> None:
    """Refuse what would spoil the evidence."""
    if kind in FORBIDDEN and (standing := hold_of(instrument, on)):
        raise Blocked(
            "instrument_held",
            "%(instrument)s is preserved as it is by %(document)s until that is decided or withdrawn.",
            instrument=instrument.code,
            document=standing.document,
        )
