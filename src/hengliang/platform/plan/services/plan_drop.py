from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.states import PLAN


def plan_drop(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """A draft is no plan after all."""
    permit(actor, "plan_drop", region_id=plan.region_id)
    with perform(actor, "plan_drop", subject=plan, reason=reason, region_id=plan.region_id) as act:
        move(PLAN, plan, act)
    return plan
