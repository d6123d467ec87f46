from collections.abc import Sequence
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import PlanTask, TaskUnit


def plan_task_correct(
    *, actor: Actor, task: PlanTask, title: str, units: Sequence[tuple[str, str, int | None]], starts_on: date | None,
    due_on: date | None,
) -> PlanTask:  # fmt: skip
    """Title, days and units (name, role, organisation) as they should be.

    Errors: `InputRefused` unless exactly one unit leads first.
    """
    plan = task.plan
    permit(actor, "plan_task_correct", region_id=plan.region_id)
    if not units or units[0][1] != TaskUnit.Role.LEAD:
        raise InputRefused("no_lead", "The first unit is the one that leads.", field="units")
    if starts_on and due_on and due_on < starts_on:
        raise InputRefused("task_term", "It can’t be due before it begins.", field="due_on")
    with perform(actor, "plan_task_correct", subject=task, region_id=plan.region_id) as act:
        before = [[one.name, one.role] for one in task.units.all()]
        after = [list(one[:2]) for one in units]
        act.content = {
            "before": {"title": task.title, "units": before, "due_on": str(task.due_on)},
            "after": {"title": title, "units": after, "due_on": str(due_on)},
        }
        task.title, task.starts_on, task.due_on = title[:500], starts_on, due_on
        task.save(update_fields=["title", "starts_on", "due_on"])
        task.units.all().delete()
        for place, (name, role, organisation) in enumerate(units):
            TaskUnit.objects.create(
                act=act, task=task, ordinal=place, name=name[:200], role=role, organisation_id=organisation
            )
    return task
