from datetime import date

from django.core.files.base import File

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.kinds import kinds
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.states import ACHIEVEMENT, CONFIRMED, ENTERED


def achievement_enter(
    *,
    actor: Actor,
    kind: str,
    level: str,
    name: str,
    region: Region,
    authority: str,
    document_number: str,
    approved_on: date,
    file: "File[bytes]",
    stage: str = Achievement.Stage.COMPLETED,
    organisation: Organisation | None = None,
    holder: str = "",
) -> Achievement:
    """Something that an outside approval proves, with its document. It counts once a second person has confirmed it.

    Errors: `InputRefused` for an unknown kind, a stage that it does not have, a day ahead, or what is there.
    """
    owners = [organisation.pk] if organisation else []
    permit(actor, "achievement_enter", organisations=owners, region_id=region.pk)
    known = kinds(approved_on)
    if kind not in known or stage not in known[kind].stages:
        raise InputRefused("achievement_kind", "There is no such kind, or it has no such stage.", field="kind")
    if approved_on > actor.today:
        raise InputRefused("approved_ahead", "The date of the document lies ahead.", field="approved_on")
    told = {"kind": kind, "level": level, "stage": stage, "name": name.strip(),
            "document_number": document_number.strip()}  # fmt: skip
    if Achievement.objects.filter(**told, state__in=[ENTERED, CONFIRMED]).exists():
        raise InputRefused("achievement_there", "This document has been entered already.", field="document_number")
    with perform(actor, "achievement_enter", on=approved_on, region_id=region.pk) as act:
        act.subject = made = Achievement.objects.create(
            act=act, **told, region=region, authority=authority.strip(), approved_on=approved_on,
            organisation=organisation, holder=holder.strip(), entered_by=actor.account_id,
            state=ACHIEVEMENT.states[0].code,
        )  # fmt: skip
        enter(ACHIEVEMENT, made, act)
        attachment_add(act=act, subject=made, file=file)
        act.content = told | {"authority": authority, "approved_on": approved_on.isoformat()}
    return made
