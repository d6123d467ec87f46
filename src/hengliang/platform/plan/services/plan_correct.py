from collections.abc import Mapping
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.services.bounds import refuse_term, refuse_unless_draft


def plan_correct(
    *, actor: Actor, plan: Plan, title: str, issuer: str, issued_on: date | None, starts_on: date, ends_on: date,
    tasks_follow: bool = False,
) -> Plan:  # fmt: skip
    """Title, issuer and dates of a draft as they should be; `tasks_follow` takes along the open tasks that begin and
    end with the plan.

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
        before = {"starts_on": plan.starts_on, "due_on": plan.ends_on}
        for name, new in told.items():
            setattr(plan, name, new)
        plan.save(update_fields=list(told))
        if tasks_follow:
            act.content["tasks"] = _follow(plan, before)
    return plan


def _follow(plan: Plan, before: Mapping[str, date]) -> list[int]:
    """The tasks that were moved with the plan."""
    moved = []
    after = {"starts_on": plan.starts_on, "due_on": plan.ends_on}
    for task in plan.tasks.filter(state="open").order_by("pk"):
        new = {name: after[name] for name, old in before.items() if getattr(task, name) == old != after[name]}
        if new:
            for name, day in new.items():
                setattr(task, name, day)
            task.save(update_fields=list(new))
            moved.append(task.pk)
    return moved
