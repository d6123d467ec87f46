"""A target of a plan in force is changed by two persons; here the first proposes."""

from typing import Any

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.amendment_states import AMENDMENT
from hengliang.platform.plan.models import Plan, PlanTarget, TargetAmendment
from hengliang.platform.plan.selectors.amendments import demand_held, held
from hengliang.platform.plan.services.demand import Demand, check_demand
from hengliang.platform.plan.services.target_confirm import refuse_stale
from hengliang.platform.plan.states import CONFIRMED, DROPPED, IN_FORCE


def amendment_propose(
    *, actor: Actor, target: PlanTarget, demand: Demand | None, reason: str, seen: str | None = None
) -> TargetAmendment:
    """A target of a plan in force shall demand something else, or nothing any more (`demand` None), or from now on.

    It holds once a second person has confirmed it; then the public page tells of it with the reason.
    Errors: `Blocked` outside a plan in force, for a target that was dropped, or while another change of it waits;
    `InputRefused` for a demand that does not hang together or changes nothing; `StaleWrite`.
    """
    permit(actor, "amendment_propose", region_id=target.plan.region_id)
    refuse_unless_in_force(target.plan)
    if demand is not None:
        check_demand(target, demand)
    return _written(actor, target, demand, reason, seen)


def refuse_unless_in_force(plan: Plan) -> None:
    """Let changes be made only to a plan in force.

    Errors: `Blocked`.
    """
    if plan.state != IN_FORCE:
        raise Blocked("plan_not_in_force", "Only the targets of a plan in force are changed by two people.")


@transaction.atomic
def _written(actor: Actor, target: PlanTarget, demand: Demand | None, reason: str, seen: str | None) -> TargetAmendment:
    refuse_stale(target, seen)
    if target.state == DROPPED or (demand is None and target.state != CONFIRMED):
        raise Blocked("target_not_in_force", "This target is not in force; nothing of it can be changed.")
    if TargetAmendment.objects.filter(target=target, state="proposed").exists():
        raise Blocked("amendment_waits", "A change of this target waits already; decide on it first.")
    before, after = demand_held(target), held(demand.on(target)) if demand else {}
    if before == after:
        raise InputRefused("amendment_nothing", "Nothing is changed by this.", field="goal")
    with perform(actor, "amendment_propose", reason=reason, region_id=target.plan.region_id) as act:
        act.subject = made = TargetAmendment.objects.create(
            act=act, target=target, before=before, after=after, reason=reason.strip(),
            proposed_by=actor.account_id, state="proposed",
        )  # fmt: skip
        enter(AMENDMENT, made, act)
        act.content = content_of(made)
    return made


def content_of(amendment: TargetAmendment) -> dict[str, Any]:
    """What the log commits to."""
    return {"target": amendment.target_id, "before": amendment.before, "after": amendment.after}
