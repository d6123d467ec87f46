"""A returned filing is put before the authority again."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_file_again(*, actor: Actor, instrument: Instrument, on: date | None = None) -> InstrumentState:
    """File a returned instrument again, after its entry was put right."""
    return advance(actor, "instrument_file_again", instrument, on=on)
