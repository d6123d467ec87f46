from datetime import date

from django.db import models

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.models import Conference, ConferenceMember, Membership
from hengliang.platform.plan.services.bounds import refuse_day


def member_join(
    *,
    actor: Actor,
    conference: Conference,
    name: str,
    on: date,
    part: str = ConferenceMember.Part.MEMBER,
    organisation: Organisation | None = None,
) -> ConferenceMember:
    """A unit belongs to the conference from a day on.

    Errors: `InputRefused` without a name, or for one that belongs already.
    """
    permit(actor, "member_join", region_id=conference.region_id)
    refuse_day(on, actor.today, "on")
    told = name.strip()[:200] or (organisation.name if organisation else "")
    if not told or part not in ConferenceMember.Part.values:
        raise InputRefused("member_name", "Say which unit joins, and with what part.", field="name")
    lasting = models.Q(valid_to=None) | models.Q(valid_to__gt=on)
    if Membership.objects.known().filter(lasting, member__conference=conference, member__name=told).exists():
        raise InputRefused("member_twice", "This unit belongs to the conference already.", field="name")
    with perform(actor, "member_join", subject=conference, on=on, region_id=conference.region_id) as act:
        act.content = {"name": told, "part": part}
        member, _made = ConferenceMember.objects.get_or_create(
            conference=conference, name=told, defaults={"act": act, "organisation": organisation}
        )
        begin(Membership, act=act, on=on, member=member, part=part)
    return member
