"""The authority finds a body for an application, or takes it a level up."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.listed import listed
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.selectors import region_names
from hengliang.platform.standards.selectors import authorised
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.placing import desk_above
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.services.application_tell import tell_applicant
from hengliang.platform.verification.states import APPLICATION


def application_reassign(*, actor: Actor, application: Application, body: Organisation, reason: str = "") -> None:
    """Give an application without a body to one that is authorised for all its instruments; its promise begins anew.

    Errors: `InputRefused` naming what the body is not authorised for.
    """
    permit(actor, "application_reassign", region_id=application.placed_with_id)
    tasks = list(application.tasks.select_related("instrument__item__parent"))
    missing = {
        task.instrument.item.name
        for task in tasks
        if not authorised(body.pk, task.instrument.item, task.region_id, actor.today)
    }
    if missing:
        raise InputRefused(
            "not_authorised_for",
            "“%(body)s” holds no authorisation there for: %(items)s.",
            field="body", body=body.name, items=listed(sorted(missing)),
        )  # fmt: skip
    with perform(
        actor, "application_reassign", subject=application, reason=reason, region_id=application.placed_with_id
    ) as act:
        move(APPLICATION, application, act)
        application.body, application.placed_with = body, None
        application.save(update_fields=["body", "placed_with"])
        application.tasks.update(body=body, promised_on=promised_day(actor.today))
        act.content = {"body": body.pk}
        tell_applicant(act, application, "application.reassigned", body=body.name)


@transaction.atomic
def application_escalate(*, actor: Actor, application: Application, reason: str, desk_id: int | None = None) -> None:
    """Take an application without a body a level up; the authority there has it from now on.

    desk_id : the region at whose desk the asker saw it; None: wherever it is
    Errors: `Refused` at the top; `StaleWrite` where it lies at another desk by now (a second click).
    """
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    application.refresh_from_db(fields=["state", "placed_with"])
    here = application.placed_with
    if desk_id is not None and desk_id != application.placed_with_id:
        raise StaleWrite("moved_already", "It is at another desk by now. Reload the page.")
    permit(actor, "application_escalate", region_id=application.placed_with_id)
    if here is None:
        APPLICATION.target("application_escalate", application.state)
        return
    above = desk_above(here, actor.today)
    with perform(actor, "application_escalate", subject=application, reason=reason, region_id=here.pk) as act:
        move(APPLICATION, application, act)
        application.placed_with = above
        application.save(update_fields=["placed_with"])
        act.content = {"from": here.pk, "to": above.pk}
        tell_applicant(act, application, "application.raised", region=region_names(act.on)[above.pk], reason=reason)
