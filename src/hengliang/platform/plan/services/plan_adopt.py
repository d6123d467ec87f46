from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.states import CONFIRMED, FOUND, PLAN


def plan_adopt(*, actor: Actor, plan: Plan) -> Plan:
    """The plan is in force, and public, once everything found in it was confirmed or dropped.

    Errors: `Blocked` while something waits, or where nothing was confirmed.
    """
    permit(actor, "plan_adopt", region_id=plan.region_id)
    waiting = plan.targets.filter(state=FOUND).count()
    if waiting:
        raise Blocked("targets_waiting", "%(count)s found targets wait to be confirmed or dropped.", count=waiting)
    if not plan.targets.filter(state=CONFIRMED).exists():
        raise Blocked("no_target", "No target is confirmed. Add one from the text first.")
    with perform(actor, "plan_adopt", subject=plan, region_id=plan.region_id) as act:
        move(PLAN, plan, act)
        act.content = {"targets": plan.targets.filter(state=CONFIRMED).count()}
    return plan
