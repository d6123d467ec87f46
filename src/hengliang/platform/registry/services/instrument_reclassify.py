"""Purpose, regime or scope of an instrument change."""

from datetime import date
from typing import Any

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import alter


def instrument_reclassify(
    *,
    actor: Actor,
    instrument: Instrument,
    reason: str,
    purpose: str = "",
    regime: str = "",
    mandatory: bool | None = None,
    on_site: bool | None = None,
    on: date | None = None,
) -> InstrumentState:
    """Change what an instrument is used for, how it is kept under control, or whether the law asks for it."""
    given: dict[str, Any] = {"purpose": purpose, "regime": regime, "mandatory": mandatory, "on_site": on_site}
    changes = {name: value for name, value in given.items() if value not in ("", None)}
    return alter(actor, "instrument_reclassify", instrument, on=on, reason=reason, **changes)
