"""An instrument changes hands."""

from datetime import date

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.destination import refuse_strangers
from hengliang.platform.registry.services.entry import alter


def instrument_transfer(
    *, actor: Actor, instrument: Instrument, owner: Organisation, reason: str, on: date | None = None
) -> InstrumentState:
    """Enter the new user of an instrument. Where it stands is another act: it may stay where it is.

    Errors: `NotPermitted`; `Refused` if its user hands it to somebody for whom the actor does not act.
    """
    return alter(
        actor,
        "instrument_transfer",
        instrument,
        on=on,
        reason=reason,
        asked=lambda entry: refuse_strangers(actor, entry, owner.pk),
        owner=owner,
    )
