"""The applicant withdraws what has not been measured yet."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.services.fee_lapse import fees_lapse
from hengliang.platform.verification.states import APPLICATION, TASK


def application_withdraw(*, actor: Actor, application: Application, reason: str) -> None:
    """The applicant withdraws what has not been measured yet."""
    permit(actor, "application_withdraw", organisations=[application.applicant_id])
    with perform(actor, "application_withdraw", subject=application, reason=reason) as act:
        move(APPLICATION, application, act)
        dropped = list(application.tasks.filter(state__in=["applied", "waiting"]))
        for task in dropped:
            move(TASK, task, act)
        fees_lapse(dropped)
