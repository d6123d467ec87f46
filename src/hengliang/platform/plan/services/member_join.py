from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.models import Conference, ConferenceMember


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
    told = name.strip()[:200] or (organisation.name if organisation else "")
    if not told or part not in ConferenceMember.Part.values:
        raise InputRefused("member_name", "Say which unit joins, and with what part.", field="name")
    if conference.members.filter(name=told, left_on=None).exists():
        raise InputRefused("member_twice", "This unit belongs to the conference already.", field="name")
    with perform(actor, "member_join", subject=conference, on=on, region_id=conference.region_id) as act:
        act.content = {"name": told, "part": part}
        return ConferenceMember.objects.create(
            act=act, conference=conference, name=told, organisation=organisation, part=part, joined_on=on
        )
