"""The instrument of a waiting task went to another user: its task goes along, and both are told."""

from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, permit
from hengliang.platform.core.services import notify
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.verification.models import Task


def task_follow(*, actor: Actor, task: Task) -> None:
    """Confirm that the task holds for the user who has the instrument now; the application stays the former one's.

    Errors: `Refused` unless the task waits, or where nobody else has the instrument.
    """
    permit(actor, "task_follow", organisations=[task.body_id])
    if task.state != "waiting":
        raise Refused("task_not_waiting", "This task is not waiting to be measured.")
    now = InstrumentState.objects.current().select_related("owner").get(instrument=task.instrument_id)
    if now.owner_id == task.owner_id:
        raise Refused("same_user", "The instrument is with the user who applied.")
    former = task.owner
    with perform(actor, "task_follow", subject=task, organisation_id=task.body_id, region_id=task.region_id) as act:
        task.owner = now.owner
        task.save(update_fields=["owner"])
        act.content = {"from": former.pk, "to": now.owner_id, "instrument": task.instrument.code}
        for organisation, accounts in accounts_of([former.pk, now.owner_id], HOLDER_ROLES, actor.today).items():
            notify(
                accounts=accounts, kind="task.followed", at=actor.at, act=act, code=task.instrument.printed_code,
                user=now.owner.name, url=_page(task, mine=organisation == now.owner_id),
            )  # fmt: skip


def _page(task: Task, *, mine: bool) -> str:
    """Where one reads on: the new user the task; the former, who sees it no longer, its application."""
    if mine or task.application_id is None:
        return reverse("verification:task", args=[task.pk])
    return reverse("verification:application", args=[task.application_id])
