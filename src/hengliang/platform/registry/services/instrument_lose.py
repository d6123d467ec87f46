"""An instrument is reported as lost."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_lose(*, actor: Actor, instrument: Instrument, reason: str, on: date | None = None) -> InstrumentState:
    """Report an instrument as lost; its parts follow."""
    return advance(actor, "instrument_lose", instrument, on=on, reason=reason)
