"""How an entry stands on a day, as the key of a look.

Overdue comes before “in use”; what was never verified is neither valid nor about to expire. What is in use and failed
is neither: its last verification says that it must not be used, whatever day it is due.
"""

from datetime import date

from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors.due import due_state
from hengliang.platform.registry.states import IN_USE

_LOOK = {"overdue": "overdue", "soon": "due_soon", "good": "valid"}


def standing(entry: InstrumentState, on: date) -> str:
    """The key of the look of an entry; what is not under mandatory verification can't be overdue."""
    if entry.status == IN_USE and entry.last_result == InstrumentState.Result.FAIL:
        return "failed"
    state = due_state(entry, on) if entry.mandatory else "none"
    if state in ("good", "soon") and entry.last_on is None:
        return "unverified"
    return _LOOK.get(state, f"instrument.{entry.status}")
