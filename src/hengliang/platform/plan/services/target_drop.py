from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.states import TARGET


def target_drop(*, actor: Actor, target: PlanTarget, reason: str) -> PlanTarget:
    """What was found is no target; it stays readable with the reason."""
    permit(actor, "target_drop", region_id=target.plan.region_id)
    with perform(actor, "target_drop", subject=target, reason=reason, region_id=target.plan.region_id) as act:
        move(TARGET, target, act)
        target.milestones.update(within=None)
    return target
