from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import PlanTask
from hengliang.platform.plan.states import TASK


def plan_task_close(*, actor: Actor, task: PlanTask, reason: str) -> PlanTask:
    """The task is done; its reports hold the evidence."""
    permit(actor, "plan_task_close", region_id=task.plan.region_id)
    with perform(actor, "plan_task_close", subject=task, reason=reason, region_id=task.plan.region_id) as act:
        move(TASK, task, act)
    return task
