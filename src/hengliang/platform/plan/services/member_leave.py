from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import ConferenceMember


def member_leave(*, actor: Actor, member: ConferenceMember, on: date, reason: str) -> ConferenceMember:
    """A unit no longer belongs to the conference; that it did stands on."""
    region = member.conference.region_id
    permit(actor, "member_leave", region_id=region)
    belongs = member.memberships.known().filter(valid_from__lte=on, valid_to=None)
    if not belongs.exists():
        raise Blocked("member_gone", "It has left already, or had not joined by that day.")
    with perform(actor, "member_leave", subject=member.conference, on=on, reason=reason, region_id=region) as act:
        end(member.memberships.all(), act=act, on=on)
        act.content = {"name": member.name}
    return member
