from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Task
from hengliang.platform.plan.states import TASK


def plan_task_drop(*, actor: Actor, task: Task, reason: str) -> Task:
    """The clause asks for no task."""
    permit(actor, "plan_task_drop", region_id=task.plan.region_id)
    with perform(actor, "plan_task_drop", subject=task, reason=reason, region_id=task.plan.region_id) as act:
        move(TASK, task, act)
    return task
