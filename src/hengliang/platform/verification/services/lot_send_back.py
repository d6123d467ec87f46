"""The lot goes back before it is issued; the corrected file becomes another lot."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.states import LOT


def lot_send_back(*, actor: Actor, lot: Lot, reason: str) -> None:
    """Send a lot back; its results stay readable for the body and count for nothing."""
    permit(actor, "lot_send_back", organisations=[lot.body_id])
    with perform(actor, "lot_send_back", subject=lot, reason=reason, organisation_id=lot.body_id) as act:
        act.content = {"lot": lot.number, "root": lot.root}
        move(LOT, lot, act)
