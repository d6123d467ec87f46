"""An instrument is taken into use again."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_resume(
    *, actor: Actor, instrument: Instrument, reason: str = "", on: date | None = None
) -> InstrumentState:
    """Take a stopped instrument into use again; the parts that stopped with it follow."""
    return advance(actor, "instrument_resume", instrument, on=on, reason=reason)
