"""The authority gives a filing back, with the reason."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_return(*, actor: Actor, instrument: Instrument, reason: str, on: date | None = None) -> InstrumentState:
    """Return a filing; its user corrects it and files again."""
    return advance(actor, "instrument_return", instrument, on=on, reason=reason)
