"""An instrument changes hands."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.destination import refuse_strangers
from hengliang.platform.registry.services.entry import alter
from hengliang.platform.registry.services.tell import tell_user


def instrument_transfer(
    *, actor: Actor, instrument: Instrument, owner: Organisation, reason: str, on: date | None = None
) -> InstrumentState:
    """Enter the new user of an instrument, and tell both. Where it stands is another act: it may stay where it is.

    Errors: `NotPermitted`; `Refused` if its user hands it to somebody for whom the actor does not act.
    """
    with transaction.atomic():
        former = instrument.states.current().select_related("owner").get().owner
        entry = alter(
            actor,
            "instrument_transfer",
            instrument,
            on=on,
            reason=reason,
            asked=lambda entry: refuse_strangers(actor, entry, owner.pk),
            owner=owner,
        )
        if owner != former:
            tell_user(actor, entry, owner.pk, "instrument.came", other=former.name)
            tell_user(actor, entry, former.pk, "instrument.went", other=owner.name)
    return entry
