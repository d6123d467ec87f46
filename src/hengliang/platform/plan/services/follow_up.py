from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import FollowUp, Resolution


def follow_up(*, actor: Actor, resolution: Resolution, on: date, says: str) -> FollowUp:
    """The unit that answers for a resolution says what it did.

    Errors: `Blocked` once it is done or dropped; `InputRefused` without words, or for a day ahead.
    """
    region = resolution.meeting.conference.region_id
    permit(actor, "follow_up", organisations=[resolution.organisation_id], region_id=region)
    if resolution.state != "open":
        raise Blocked("resolution_over", "This resolution is no longer in work.")
    if not says.strip() or on > actor.today:
        raise InputRefused("follow_up", "Say what was done, and on a day that is not ahead.", field="says")
    with perform(actor, "follow_up", subject=resolution, on=on, region_id=region) as act:
        act.content = {"says": says.strip()}
        return FollowUp.objects.create(act=act, resolution=resolution, on=on, says=says.strip())
