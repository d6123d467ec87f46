from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.states import PLAN


def plan_end(*, actor: Actor, plan: Plan, reason: str) -> Plan:
    """The plan has ended, or another took its place; its figures can still be read."""
    permit(actor, "plan_end", region_id=plan.region_id)
    with perform(actor, "plan_end", subject=plan, reason=reason, region_id=plan.region_id) as act:
        move(PLAN, plan, act)
    return plan
