from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.conference_states import RESOLUTION
from hengliang.platform.plan.models import Resolution


def resolution_close(*, actor: Actor, resolution: Resolution, reason: str) -> Resolution:
    """A resolution was carried out; its follow-up holds what was done."""
    region = resolution.meeting.conference.region_id
    permit(actor, "resolution_close", region_id=region)
    if not resolution.follow_ups.exists():
        raise Blocked("no_follow_up", "Nobody has said what was done; enter that first.")
    with perform(actor, "resolution_close", subject=resolution, reason=reason, region_id=region) as act:
        move(RESOLUTION, resolution, act)
    return resolution
