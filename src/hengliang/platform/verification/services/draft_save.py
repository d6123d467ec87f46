"""Keep what was typed so far. `version` is the one the page was opened with."""

from typing import Any

from django.db import transaction

from hengliang.platform.core.errors import Refused, StaleWrite
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.models import RecordDraft, Task


def draft_save(*, actor: Actor, task: Task, data: dict[str, Any], version: int) -> RecordDraft:
    """Keep what was typed so far. `version` is the one the page was opened with.

    No act: a draft proves nothing and stands in no ledger. Errors: `StaleWrite` when somebody saved meanwhile.
    """
    permit(actor, "draft_save", organisations=[task.body_id])
    if task.state != "waiting":
        raise Refused("task_not_waiting", "This task is not waiting to be measured.")
    with transaction.atomic():
        draft, _ = RecordDraft.objects.select_for_update().get_or_create(
            task=task, defaults={"updated_at": actor.at, "updated_by_id": actor.account_id}
        )
        if draft.version != version:
            raise StaleWrite("stale_draft", "Somebody else has saved this record meanwhile. Reload and compare.")
        draft.data, draft.version = data, version + 1
        draft.updated_at, draft.updated_by_id = actor.at, actor.account_id
        draft.save()
    return draft
