"""The authority orders that something be put right by a day."""

from collections.abc import Sequence

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import working_days_from
from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.services.issue import Issued, issue

LONGEST = 120


def rectification_order(*, actor: Actor, instruments: Sequence[Instrument], days: int, reason: str) -> Issued:
    """Order rectification within `days` working days, counted from the day after today by the calendar in force.

    Errors: `InputRefused` for a term that is none.
    """
    if not 1 <= days <= LONGEST:
        raise InputRefused("term", "A term is 1 to %(most)s working days.", field="days", most=LONGEST)
    term = working_days_from(actor.today, days)
    return issue(
        actor,
        "rectification_order",
        instruments,
        reason,
        kind=Order.Kind.RECTIFICATION,
        days=days,
        due_by=term.day,
        provisional=term.provisional,
    )
