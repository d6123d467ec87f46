"""The authority accepts a filing: the instrument is in use and counts."""

from datetime import date
from typing import Any

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import advance


def instrument_accept(
    *, actor: Actor, instrument: Instrument, body: Organisation | None = None, on: date | None = None
) -> InstrumentState:
    """Accept a filing, and with it, if given, the body that is to verify the instrument."""
    changes: dict[str, Any] = {"body": body} if body else {}
    return advance(actor, "instrument_accept", instrument, on=on, **changes)
