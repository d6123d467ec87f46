"""Tasks of a plan, with the unit that leads each and those that join."""

from collections.abc import Sequence
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.models import Clause, Plan, PlanTask
from hengliang.platform.plan.services.bounds import refuse_over
from hengliang.platform.plan.services.units import write_units
from hengliang.platform.plan.states import TASK


def plan_task_add(
    *, actor: Actor, plan: Plan, title: str, units: Sequence[str], clause: Clause | None = None,
    starts_on: date | None = None, due_on: date | None = None,
) -> PlanTask:  # fmt: skip
    """A task of the plan; the first unit named leads, the others join."""
    permit(actor, "plan_task_add", region_id=plan.region_id)
    refuse_over(plan)
    if not units:
        raise InputRefused("no_unit", "Name at least one unit; the first one leads.", field="units")
    with perform(actor, "plan_task_add", subject=plan, region_id=plan.region_id) as act:
        made = PlanTask.objects.create(
            act=act, plan=plan, clause=clause, title=title[:500], starts_on=starts_on, due_on=due_on or plan.ends_on,
            state=TASK.states[0].code,
        )  # fmt: skip
        enter(TASK, made, act)
        write_units(made, named(units), plan, act)
        act.content = {"task": made.pk, "units": list(units)}
    return made


def named(units: Sequence[str]) -> list[tuple[str, str, str]]:
    """Names in their order, each once: the first leads."""
    once = dict.fromkeys(one.strip() for one in units if one.strip())
    return [(name, "joint" if place else "lead", "") for place, name in enumerate(once)]
