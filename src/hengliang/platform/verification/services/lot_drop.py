"""A file that was not submitted is thrown away."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.benches.checking import clean
from hengliang.platform.verification.benches.files import folder
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.states import LOT


def lot_drop(*, actor: Actor, lot: Lot) -> None:
    """Drop a lot before it is submitted; its file goes unless another lot holds the same."""
    permit(actor, "lot_drop", organisations=[lot.body_id])
    with perform(actor, "lot_drop", subject=lot, organisation_id=lot.body_id) as act:
        act.content = {"lot": lot.number, "sha256": lot.sha256}
        move(LOT, lot, act)
        clean(lot.pk)
    if not Lot.objects.filter(sha256=lot.sha256).exclude(state="dropped").exists():
        (folder() / lot.sha256).unlink(missing_ok=True)
