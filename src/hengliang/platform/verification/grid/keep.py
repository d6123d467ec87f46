"""Rows of a grid kept as drafts, and judged as they then stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.grid.sheet import Layouts, row_of
from hengliang.platform.verification.grid.told import examined, row_json
from hengliang.platform.verification.models import RecordDraft, Task
from hengliang.platform.verification.rules import Rule
from hengliang.platform.verification.services import DraftChange, drafts_save


def keep(
    actor: Actor,
    rule: Rule,
    layouts: Layouts,
    tasks: Sequence[Task],
    sent: Mapping[str, tuple[int, Mapping[str, str]]],
) -> dict[int, dict[str, Any] | None]:
    """Each row as the page takes it, by task; None where somebody else wrote since the page saw it.

    sent : the version that the page saw and the texts of the fields, by the task's key as text
    """
    seen = {}

    def changed(task: Task, draft: RecordDraft) -> dict[str, Any]:
        seen[task.pk] = examined(rule, layouts, row_of(task, draft), sent[str(task.pk)][1])
        return seen[task.pk].data

    changes = [
        DraftChange(task, lambda draft, task=task: changed(task, draft), sent[str(task.pk)][0])  # type: ignore[misc]
        for task in tasks
    ]
    kept = drafts_save(actor=actor, changes=changes)
    by_task = {task.pk: task for task in tasks}
    return {pk: None if draft is None else row_json(row_of(by_task[pk], draft), seen[pk]) for pk, draft in kept.items()}
