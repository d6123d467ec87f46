"""Which regime of its regulation a verification follows, by rule: initial, subsequent, or after repair."""

from datetime import date

from hengliang.platform.registry.models import InstrumentCode, InstrumentState
from hengliang.platform.verification.models import VerificationRegime


def regime_of(entry: InstrumentState, on: date) -> VerificationRegime:
    """Initial while it was never verified; after repair once a repair code was assigned since; else subsequent.

    In-service inspection follows no application: the authority orders it, or a verifier changes the regime.
    """
    if entry.last_on is None:
        return VerificationRegime.INITIAL
    repairs = InstrumentCode.objects.known().filter(
        instrument_id=entry.instrument_id, kind=InstrumentCode.Kind.REPAIR, valid_from__gt=entry.last_on,
        valid_from__lte=on,
    )  # fmt: skip
    return VerificationRegime.AFTER_REPAIR if repairs.exists() else VerificationRegime.SUBSEQUENT
