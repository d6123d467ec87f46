"""The authority reminds users that their instruments are due."""

from collections.abc import Sequence

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.services.issue import Issued, issue


def reminder_send(*, actor: Actor, instruments: Sequence[Instrument], reason: str) -> Issued:
    """Remind the users of instruments; an instrument with an open reminder is not reminded again."""
    return issue(actor, "reminder_send", instruments, reason, kind=Order.Kind.REMINDER)
