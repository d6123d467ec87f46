"""An instrument is scrapped."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_scrap(*, actor: Actor, instrument: Instrument, reason: str, on: date | None = None) -> InstrumentState:
    """Scrap an instrument, for good; its parts follow."""
    return advance(actor, "instrument_scrap", instrument, on=on, reason=reason)
