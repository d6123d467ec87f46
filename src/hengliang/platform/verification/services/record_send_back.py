"""The record goes back to be measured or written again; what was typed becomes the draft."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Record, RecordDraft
from hengliang.platform.verification.stated import joined
from hengliang.platform.verification.states import RECORD, TASK


def record_send_back(*, actor: Actor, record: Record, reason: str) -> None:
    """The record goes back to be measured or written again; what was typed becomes the draft."""
    permit(actor, "record_send_back", organisations=[record.task.body_id])
    _take_back(actor, record, "record_send_back", reason)


def record_void(*, actor: Actor, record: Record, reason: str) -> None:
    """The record is void, for a reason; it stays readable. The task waits to be measured again."""
    permit(actor, "record_void", organisations=[record.task.body_id])
    _take_back(actor, record, "record_void", reason)


def _take_back(actor: Actor, record: Record, kind: str, reason: str) -> None:
    with perform(actor, kind, subject=record, reason=reason, organisation_id=record.task.body_id) as act:
        move(RECORD, record, act)
        move(TASK, record.task, act)
        reopen_draft(actor, record)


def reopen_draft(actor: Actor, record: Record) -> None:
    """What stood in a record that was taken back becomes the draft, so that nothing is typed twice."""
    RecordDraft.objects.update_or_create(
        task=record.task,
        defaults={
            "data": joined(record.data, record.uncertainty),
            "updated_at": actor.at,
            "updated_by_id": actor.account_id,
        },
    )
