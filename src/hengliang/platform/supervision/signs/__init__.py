"""Signs that records don't fit: each detector reads the ledger, the records and the proofs, and names what it saw."""

from collections.abc import Callable, Iterable
from datetime import date

from hengliang.platform.supervision.signs.clock import too_fast
from hengliang.platform.supervision.signs.identity import seal_twice, serial_twice
from hengliang.platform.supervision.signs.presence import too_much, two_places
from hengliang.platform.supervision.signs.sign import Sign
from hengliang.platform.supervision.signs.signers import signers_invited

DETECTORS: tuple[Callable[[date], Iterable[Sign]], ...] = (
    serial_twice,
    seal_twice,
    two_places,
    too_much,
    too_fast,
    signers_invited,
)

__all__ = ["DETECTORS", "Sign"]
