"""Keep what was typed for many instruments at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.drafts import version_of
from hengliang.platform.verification.models import RecordDraft, Task

Sections = Mapping[str, Any]
# All of them as one JSON: as an array of texts, each of their quotation marks is escaped twice on the way.
_WRITE = """
    UPDATE verification_recorddraft d
    SET data = n.data, versions = n.versions, updated_at = %(at)s, updated_by_id = %(by)s
    FROM jsonb_to_recordset(%(rows)s::jsonb) n (id bigint, data jsonb, versions jsonb) WHERE d.id = n.id
"""


@dataclass(frozen=True)
class DraftChange:
    """What is to become of one draft.

    change : gives the record's JSON anew from the draft as it stands
    version : that of the whole draft, as the page saw it
    """

    task: Task
    change: Callable[[RecordDraft], dict[str, Any]]
    version: int


def drafts_save(*, actor: Actor, changes: Sequence[DraftChange]) -> dict[int, RecordDraft | None]:
    """The drafts as they stand now, by task; None where somebody else wrote since: that one is left as it is.

    As for `draft_save` there is no act. Five queries, however many drafts there are. Errors: `Refused` for a task
    that doesn't wait; then nothing is written.
    """
    for body in {change.task.body_id for change in changes}:
        permit(actor, "draft_save", organisations=[body])
    if any(change.task.state != "waiting" for change in changes):
        raise Refused("task_not_waiting", "This task is not waiting to be measured.")
    with transaction.atomic():
        drafts = _locked(actor, [change.task for change in changes])
        kept = {change.task.pk: _written(actor, change, drafts[change.task.pk]) for change in changes}
        _write(actor, [draft for draft in kept.values() if draft is not None])
    return kept


def _locked(actor: Actor, tasks: Sequence[Task]) -> dict[int, RecordDraft]:
    """The drafts of the tasks, made where there is none, and held until the end of the transaction."""
    empty = [RecordDraft(task=task, updated_at=actor.at, updated_by_id=actor.account_id) for task in tasks]
    RecordDraft.objects.bulk_create(empty, ignore_conflicts=True)
    held = RecordDraft.objects.select_for_update().filter(task__in=tasks).order_by("task_id")
    return {draft.task_id: draft for draft in held}


def _write(actor: Actor, drafts: Sequence[RecordDraft]) -> None:
    with connection.cursor() as cursor:
        rows = [{"id": draft.pk, "data": draft.data, "versions": draft.versions} for draft in drafts]
        cursor.execute(_WRITE, {"rows": json.dumps(rows), "at": actor.at, "by": actor.account_id})


def _written(actor: Actor, change: DraftChange, draft: RecordDraft) -> RecordDraft | None:
    if version_of(draft) != change.version:
        return None
    after = change.change(draft)
    moved = {name for name in _sections(draft.data, after) if _section(draft.data, name) != _section(after, name)}
    draft.data = after
    draft.versions = {**draft.versions, **{name: draft.versions.get(name, 0) + 1 for name in moved}}
    draft.updated_at, draft.updated_by_id = actor.at, actor.account_id
    return draft


def _sections(*records: Sections) -> set[str]:
    """The names of the sections of records: those of their items, and all else that is typed in them."""
    own = {name for record in records for name in record} - {"items", "regime"}
    return own | {name for record in records for name in record.get("items") or {}}


def _section(record: Sections, name: str) -> Any:
    return (record.get("items") or {}).get(name, record.get(name))
