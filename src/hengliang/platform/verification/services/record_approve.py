"""A third person answers for the record; a proof can be issued."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import invited_by, person_of
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.rounds.contested import require_uncontested
from hengliang.platform.verification.services.record_review import require_other
from hengliang.platform.verification.states import RECORD, TASK


def record_approve(*, actor: Actor, record: Record) -> None:
    """A third person answers for the record; a proof can be issued.

    Errors: `SamePerson`; `Blocked` while two devices of a round differ about it.
    """
    permit(actor, "record_approve", organisations=[record.task.body_id])
    approver = person_of(actor)
    require_other(approver, record.verifier, record.reviewer)
    require_uncontested(record)
    with perform(actor, "record_approve", subject=record, organisation_id=record.task.body_id) as act:
        # Told with the act; the authority finds it among the signs that something may not fit.
        if invited := invited_by([record.verifier_id, record.reviewer_id or 0, approver.pk]):
            act.content = {"signers_invited": sorted(invited)}
        move(RECORD, record, act)
        move(TASK, record.task, act)
        Record.objects.filter(pk=record.pk).update(approver=approver)
    record.approver = approver
