from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.services.bounds import refuse_over
from hengliang.platform.plan.states import TARGET


def target_restore(*, actor: Actor, target: PlanTarget) -> PlanTarget:
    """What was dropped is looked at again."""
    permit(actor, "target_restore", region_id=target.plan.region_id)
    refuse_over(target.plan)
    with perform(actor, "target_restore", subject=target, region_id=target.plan.region_id) as act:
        move(TARGET, target, act)
    return target
