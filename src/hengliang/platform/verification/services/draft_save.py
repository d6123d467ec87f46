"""Keep what was typed so far."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from hengliang.platform.core.errors import Refused, StaleWrite
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.models import RecordDraft, Task

Change = Callable[[Mapping[str, Any]], dict[str, Any]]


def draft_save(*, actor: Actor, task: Task, section: str, change: Change, version: int) -> int:
    """The new version of a section of the draft, after `change` was applied to the record's JSON.

    No act: a draft proves nothing and stands in no ledger. `version` is the one that the section was opened with;
    sections are saved apart, so two people at two items don't refuse each other. Errors: `StaleWrite`.
    """
    permit(actor, "draft_save", organisations=[task.body_id])
    if task.state != "waiting":
        raise Refused("task_not_waiting", "This task is not waiting to be measured.")
    with transaction.atomic():
        draft, _ = RecordDraft.objects.select_for_update().get_or_create(
            task=task, defaults={"updated_at": actor.at, "updated_by_id": actor.account_id}
        )
        if draft.versions.get(section, 0) != version:
            raise StaleWrite("stale_draft", "Somebody else has saved this record meanwhile. Reload and compare.")
        draft.data = change(draft.data)
        draft.versions = {**draft.versions, section: version + 1}
        draft.updated_at, draft.updated_by_id = actor.at, actor.account_id
        draft.save()
    return version + 1
