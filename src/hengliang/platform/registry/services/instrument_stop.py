"""An instrument goes out of use for a time."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_stop(*, actor: Actor, instrument: Instrument, reason: str, on: date | None = None) -> InstrumentState:
    """Take an instrument out of use; its parts in use follow."""
    return advance(actor, "instrument_stop", instrument, on=on, reason=reason)
