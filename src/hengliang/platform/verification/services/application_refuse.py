"""The body does not take the application on, and says why; the applicant sees the reason."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.placing import desk_of
from hengliang.platform.verification.services.application_tell import tell_applicant
from hengliang.platform.verification.states import APPLICATION, TASK


def application_refuse(*, actor: Actor, application: Application, reason: str) -> None:
    """The body does not take the application on, and says why; the applicant sees the reason.

    One for mandatory verification goes back to the authority, which finds another body; others end here.
    """
    permit(actor, "application_refuse", organisations=[application.body_id])
    if job_kind(application.job, actor.today).performer == "designated":
        _return(actor, application, reason)
        return
    with perform(
        actor, "application_refuse", subject=application, reason=reason, organisation_id=application.body_id
    ) as act:
        move(APPLICATION, application, act)
        for task in application.tasks.filter(state="applied"):
            move(TASK, task, act)
        tell_applicant(act, application, "application.refused", body=_name(application), reason=reason)


def _return(actor: Actor, application: Application, reason: str) -> None:
    body, name = application.body_id, _name(application)
    with perform(actor, "application_return", subject=application, reason=reason, organisation_id=body) as act:
        move(APPLICATION, application, act)
        task = application.tasks.order_by("pk")[0]
        application.body, application.placed_with = None, desk_of(task.region_id, actor.today)
        application.save(update_fields=["body", "placed_with"])
        application.tasks.update(body=None)
        act.content = {"refused_by": body, "with": application.placed_with.pk}
        tell_applicant(act, application, "application.returned", body=name, reason=reason)


def _name(application: Application) -> str:
    return application.body.name if application.body else ""
