from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.services.bounds import refuse_term, refuse_unless_draft


def plan_correct(
    *, actor: Actor, plan: Plan, title: str, issuer: str, issued_on: date | None, starts_on: date, ends_on: date
) -> Plan:
    """Title, issuer and dates of a draft as they should be.

    Errors: `Blocked` once the plan is in force: its expected paths and its snapshots rest on its term; `InputRefused`
    for a term that can't be.
    """
    permit(actor, "plan_correct", region_id=plan.region_id)
    refuse_unless_draft(plan)
    refuse_term(starts_on, ends_on)
    told = {"title": title, "issuer": issuer, "issued_on": issued_on, "starts_on": starts_on, "ends_on": ends_on}
    with perform(actor, "plan_correct", subject=plan, region_id=plan.region_id) as act:
        act.content = {name: [str(getattr(plan, name)), str(new)] for name, new in told.items()
                       if getattr(plan, name) != new}  # fmt: skip
        for name, new in told.items():
            setattr(plan, name, new)
        plan.save(update_fields=list(told))
    return plan
