"""An instrument changes hands."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import alter


def instrument_transfer(
    *, actor: Actor, instrument: Instrument, owner: Organisation, reason: str, on: date | None = None
) -> InstrumentState:
    """Enter the new user of an instrument. Where it stands is another act: it may stay where it is."""
    return alter(actor, "instrument_transfer", instrument, on=on, reason=reason, owner=owner)
