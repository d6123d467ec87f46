"""The authority says which body verifies an instrument."""

from datetime import date

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import alter


def instrument_assign_body(
    *, actor: Actor, instrument: Instrument, body: Organisation | None, reason: str = "", on: date | None = None
) -> InstrumentState:
    """Assign a verification body, or none.

    Errors: `InputRefused` if the organisation is no verification body.
    """
    if body is not None and not body.is_verification_body:
        raise InputRefused(
            "no_verification_body",
            "%(name)s is no verification body; choose one from the list.",
            field="body",
            name=body.name,
        )
    return alter(actor, "instrument_assign_body", instrument, on=on, reason=reason, body=body)
