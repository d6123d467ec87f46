from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import PlanTask
from hengliang.platform.plan.states import TASK


def plan_task_drop(*, actor: Actor, task: PlanTask, reason: str) -> PlanTask:
    """The clause asks for no task."""
    permit(actor, "plan_task_drop", region_id=task.plan.region_id)
    with perform(actor, "plan_task_drop", subject=task, reason=reason, region_id=task.plan.region_id) as act:
        move(TASK, task, act)
    return task
