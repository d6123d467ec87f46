"""A verification from before the platform, or outside it, is entered from its paper proof."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import locked_entry, perform_on
from hengliang.platform.registry.services.verification_result_enter import verification_result_enter


def earlier_result_enter(
    *,
    actor: Actor,
    instrument: Instrument,
    verified_on: date,
    passed: bool,
    due_on: date | None,
    reason: str,
) -> InstrumentState:
    """Enter the result of a paper proof; the reason names the paper.

    Errors: `InputRefused` if it should be good until before the day it was made.
    """
    if due_on is not None and passed and due_on < verified_on:
        raise InputRefused("due_before_verified", "A proof can't end before it begins.", field="due_on")
    with transaction.atomic():
        entry = locked_entry(actor, "earlier_result_enter", instrument, actor.today)
        with perform_on(actor, "earlier_result_enter", entry, on=verified_on, reason=reason) as act:
            act.content = {"instrument": instrument.code, "passed": passed, "due_on": due_on and due_on.isoformat()}
            return verification_result_enter(
                actor=actor,
                act=act,
                instrument=instrument,
                verified_on=verified_on,
                passed=passed,
                due_on=due_on,
                reason=reason[:200],
            )
