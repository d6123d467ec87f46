"""The body takes the application on: its tasks wait for their verifier, to be done by the promised day."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.services.fee_assess import assess_all
from hengliang.platform.verification.states import APPLICATION, TASK


def application_accept(*, actor: Actor, application: Application, promised_on: date | None = None) -> None:
    """The body takes the application on: its tasks wait for their verifier, to be done by the promised day."""
    permit(actor, "application_accept", organisations=[application.body_id])
    with perform(actor, "application_accept", subject=application, organisation_id=application.body_id) as act:
        move(APPLICATION, application, act)
        promised = promised_on or promised_day(actor.today)
        for task in application.tasks.filter(state="applied"):
            move(TASK, task, act)
        application.tasks.update(promised_on=promised)
        assess_all(
            act, application.tasks.filter(state="waiting").select_related("instrument__item__parent", "application")
        )
        act.content = {"promised_on": promised.isoformat()}
