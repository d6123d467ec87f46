from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.conference_states import RESOLUTION
from hengliang.platform.plan.models import Resolution


def resolution_reopen(*, actor: Actor, resolution: Resolution, reason: str) -> Resolution:
    """A resolution that was called done is in work again."""
    region = resolution.meeting.conference.region_id
    permit(actor, "resolution_reopen", region_id=region)
    with perform(actor, "resolution_reopen", subject=resolution, reason=reason, region_id=region) as act:
        move(RESOLUTION, resolution, act)
    return resolution
