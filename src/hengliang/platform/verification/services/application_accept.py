"""The body takes the application on: its tasks wait for their verifier, to be done by the promised day."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.jobs import job_kinds
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.services.fee_assess import assess_all
from hengliang.platform.verification.states import APPLICATION, TASK


def application_accept(*, actor: Actor, application: Application, promised_on: date | None = None) -> None:
    """The body takes the application on: its tasks wait for their verifier, to be done by the promised day. The term
    begins anew; a body that lets it end before it accepts stays late.

    Errors: `InputRefused` for a day that is past, or beyond the term where the result goes into the ledger.
    """
    permit(actor, "application_accept", organisations=[application.body_id])
    promised = _promised(actor, application, promised_on)
    with perform(actor, "application_accept", subject=application, organisation_id=application.body_id) as act:
        move(APPLICATION, application, act)
        for task in application.tasks.filter(state="applied"):
            move(TASK, task, act)
        application.tasks.exclude(promised_on__lt=actor.today).update(promised_on=promised)
        assess_all(
            act, application.tasks.filter(state="waiting").select_related("instrument__item__parent", "application")
        )
        act.content = {"promised_on": promised.isoformat()}


def _promised(actor: Actor, application: Application, wanted: date | None) -> date:
    last = promised_day(actor.today)
    if wanted is None:
        return last
    bound = job_kinds(actor.today)[application.job].enters_ledger
    if wanted < actor.today or (bound and wanted > last):
        raise InputRefused(
            "promise_out_of_term",
            "Promise a day from today on; where the result goes into the ledger, no later than %(last)s.",
            field="promised_on", last=last,
        )  # fmt: skip
    return wanted
