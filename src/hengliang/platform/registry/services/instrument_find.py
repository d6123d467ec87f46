"""A lost instrument is found."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_find(
    *, actor: Actor, instrument: Instrument, reason: str = "", on: date | None = None
) -> InstrumentState:
    """Report a lost instrument as found; it is out of use until it is resumed."""
    return advance(actor, "instrument_find", instrument, on=on, reason=reason)
