from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import StaleWrite
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.amendment_states import AMENDMENT
from hengliang.platform.plan.models import PlanTarget, TargetAmendment
from hengliang.platform.plan.selectors.amendments import demand_held, target_after
from hengliang.platform.plan.services.amendment_propose import content_of, refuse_unless_in_force
from hengliang.platform.plan.services.demand import check_demand, demand_on
from hengliang.platform.plan.services.four_eyes import refuse_first_person
from hengliang.platform.plan.services.target_confirm import demand_write
from hengliang.platform.plan.services.target_drop import drop_write


@transaction.atomic
def amendment_confirm(*, actor: Actor, amendment: TargetAmendment) -> TargetAmendment:
    """A second person wants the change too: the target demands it from now on, and the public page tells of it.

    Errors: `Blocked` for whoever proposed it, and where the plan is no longer in force; `StaleWrite` if the target is
    no longer what it was when the change was proposed; `InputRefused` for what no longer hangs together.
    """
    plan = amendment.target.plan
    permit(actor, "amendment_confirm", region_id=plan.region_id)
    refuse_unless_in_force(plan)
    refuse_first_person(actor, amendment.proposed_by)
    target = PlanTarget.objects.select_for_update().select_related("plan").get(pk=amendment.target_id)
    if demand_held(target) != amendment.before:
        raise StaleWrite("amendment_stale", "The target is no longer what it was when this was proposed.")
    with perform(actor, "amendment_confirm", subject=amendment, region_id=plan.region_id) as act:
        amendment.confirmed_at = actor.at
        amendment.save(update_fields=["confirmed_at"])
        move(AMENDMENT, amendment, act)
        act.content = content_of(amendment)
    if not amendment.after:
        drop_write(actor, target, amendment.reason)
        return amendment
    demand = demand_on(target_after(amendment))
    check_demand(target, demand)
    demand_write(actor, target, demand)
    return amendment
