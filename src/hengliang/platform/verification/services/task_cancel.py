"""A waiting task ends without a proof, for a reason."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.services.fee_lapse import fees_lapse
from hengliang.platform.verification.states import TASK


def task_cancel(*, actor: Actor, task: Task, reason: str) -> None:
    """A waiting task ends without a proof, for a reason."""
    permit(actor, "task_cancel", organisations=[task.body_id])
    kind = job_kind(task.job, actor.today)
    if kind.by_authority:
        raise Refused("job_of_authority", "“%(job)s” is ordered by the authority.", job=kind.title)
    with perform(actor, "task_cancel", subject=task, reason=reason, organisation_id=task.body_id) as act:
        move(TASK, task, act)
        fees_lapse([task])
