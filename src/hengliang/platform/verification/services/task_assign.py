"""Give a waiting task to a verifier for a day."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Person
from hengliang.platform.verification.models import Task


def task_assign(*, actor: Actor, task: Task, verifier: Person, scheduled_on: date | None = None) -> None:
    """Give a waiting task to a verifier for a day."""
    permit(actor, "task_assign", organisations=[task.body_id])
    if task.state != "waiting":
        raise Refused("task_not_waiting", "Only a waiting task can be assigned.")
    with perform(actor, "task_assign", subject=task, organisation_id=task.body_id) as act:
        Task.objects.filter(pk=task.pk).update(verifier=verifier, scheduled_on=scheduled_on)
        act.content = {"verifier": verifier.pk, "scheduled_on": scheduled_on and scheduled_on.isoformat()}
    task.refresh_from_db()
