"""The authority finds a body for an application, or takes it a level up."""

from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, permit
from hengliang.platform.core.services import notify
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Organisation
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.standards.selectors import authorised
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.placing import desk_above
from hengliang.platform.verification.selectors import promised_day
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
        _tell(actor, act, application, body.name)


def application_escalate(*, actor: Actor, application: Application, reason: str) -> None:
    """Take an application without a body a level up; the authority there has it from now on.

    Errors: `Refused` at the top.
    """
    here = application.placed_with
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


def _tell(actor: Actor, act: Act, application: Application, body: str) -> None:
    applicant = application.applicant_id
    notify(
        accounts=accounts_of([applicant], HOLDER_ROLES, actor.today).get(applicant, ()),
        kind="application.reassigned",
        at=actor.at,
        act=act,
        url=reverse("verification:application", args=[application.pk]),
        number=application.number,
        body=body,
    )
