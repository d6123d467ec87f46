"""An instrument is moved to another place, region or market."""

from datetime import date
from typing import Any

from django.db import transaction

from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.destination import refuse_out_of_sight
from hengliang.platform.registry.services.entry import alter
from hengliang.platform.registry.services.tell import tell_user

KEEP = object()
"""The market stays as it is; None takes the instrument out of its market."""


def instrument_move(
    *,
    actor: Actor,
    instrument: Instrument,
    place: str,
    region: Region | None = None,
    market: Organisation | Any | None = KEEP,
    reason: str = "",
    on: date | None = None,
) -> InstrumentState:
    """Move an instrument with all its parts, and tell its user.

    Errors: `NotPermitted`; `InputRefused` for a region without authority; `Refused` for a move out of the sight of
    the present one.
    """
    changes: dict[str, Any] = {"place": place.strip()}
    if region is not None:
        changes["region"] = region
    if market is not KEEP:
        changes["market"] = market

    def asked(entry: InstrumentState) -> None:
        if region is not None and region.pk != entry.region_id:
            refuse_out_of_sight(actor, entry, region.pk)

    with transaction.atomic():
        entry = alter(actor, "instrument_move", instrument, on=on, reason=reason, asked=asked, **changes)
        tell_user(actor, entry, entry.owner_id, "instrument.moved", place=entry.place)
    return entry
