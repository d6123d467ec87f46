"""The body does not take the application on, and says why; the applicant sees the reason."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.states import APPLICATION, TASK


def application_refuse(*, actor: Actor, application: Application, reason: str) -> None:
    """The body does not take the application on, and says why; the applicant sees the reason."""
    permit(actor, "application_refuse", organisations=[application.body_id])
    with perform(actor, "application_refuse", subject=application, reason=reason) as act:
        move(APPLICATION, application, act)
        for task in application.tasks.filter(state="applied"):
            move(TASK, task, act)
