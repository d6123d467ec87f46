"""A third person answers for the lot; its results can be issued."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import invited_by, person_of
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services.record_review import require_other
from hengliang.platform.verification.states import LOT


def lot_approve(*, actor: Actor, lot: Lot) -> None:
    """A third person answers for the lot; its results can be issued.

    Errors: `SamePerson`.
    """
    permit(actor, "lot_approve", organisations=[lot.body_id])
    approver = person_of(actor)
    require_other(approver, lot.verifier, lot.reviewer)
    with perform(actor, "lot_approve", subject=lot, organisation_id=lot.body_id) as act:
        act.content = {"lot": lot.number, "root": lot.root}
        if invited := invited_by([lot.verifier_id or 0, lot.reviewer_id or 0, approver.pk]):
            act.content["signers_invited"] = sorted(invited)
        move(LOT, lot, act)
        Lot.objects.filter(pk=lot.pk).update(approver=approver)
    lot.approver = approver
