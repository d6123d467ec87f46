"""A second person has checked the lot."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services.record_review import require_other
from hengliang.platform.verification.states import LOT


def lot_review(*, actor: Actor, lot: Lot) -> None:
    """A second person has checked the lot.

    Errors: `SamePerson`.
    """
    permit(actor, "lot_review", organisations=[lot.body_id])
    reviewer = person_of(actor)
    require_other(reviewer, lot.verifier)
    with perform(actor, "lot_review", subject=lot, organisation_id=lot.body_id) as act:
        move(LOT, lot, act)
        Lot.objects.filter(pk=lot.pk).update(reviewer=reviewer)
        act.content = {"lot": lot.number, "root": lot.root}
    lot.reviewer = reviewer
