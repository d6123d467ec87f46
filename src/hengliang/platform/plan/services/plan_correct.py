from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import Plan


def plan_correct(
    *, actor: Actor, plan: Plan, title: str, issuer: str, issued_on: date | None, starts_on: date, ends_on: date
) -> Plan:
    """Title, issuer and dates as they should be."""
    permit(actor, "plan_correct", region_id=plan.region_id)
    if ends_on <= starts_on:
        raise InputRefused("term", "The plan must end after it begins; say both days.", field="ends_on")
    told = {"title": title, "issuer": issuer, "issued_on": issued_on, "starts_on": starts_on, "ends_on": ends_on}
    with perform(actor, "plan_correct", subject=plan, region_id=plan.region_id) as act:
        act.content = {name: [str(getattr(plan, name)), str(new)] for name, new in told.items()
                       if getattr(plan, name) != new}  # fmt: skip
        for name, new in told.items():
            setattr(plan, name, new)
        plan.save(update_fields=list(told))
    return plan
