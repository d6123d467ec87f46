"""What was read as a target, or is one no longer, is dropped and stays readable."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.services.bounds import refuse_in_force, refuse_over
from hengliang.platform.plan.states import CONFIRMED, TARGET


def target_drop(*, actor: Actor, target: PlanTarget, reason: str) -> PlanTarget:
    """What was found is no target; it stays readable with the reason.

    Errors: `Blocked` for a target in force, which two people drop, and in a plan that has ended.
    """
    permit(actor, "target_drop", region_id=target.plan.region_id)
    refuse_over(target.plan)
    if target.state == CONFIRMED:
        refuse_in_force(target.plan)
    return drop_write(actor, target, reason)


def drop_write(actor: Actor, target: PlanTarget, reason: str) -> PlanTarget:
    """Write that a target is dropped; the caller has asked whether it may be."""
    with perform(actor, "target_drop", subject=target, reason=reason, region_id=target.plan.region_id) as act:
        move(TARGET, target, act)
        target.milestones.update(within=None)
    return target
