"""An offer is taken back before it was answered."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.models import TransferOffer
from hengliang.platform.registry.services.tell import tell_of_offer
from hengliang.platform.registry.states import TRANSFER


def transfer_withdraw(*, actor: Actor, offer: TransferOffer, reason: str) -> None:
    """Withdraw an offer: by the giver, or by the authority of the region; the receiver is told why.

    Errors: `NotPermitted`; `TransitionRefused` if the offer was answered meanwhile.
    """
    permit(actor, "transfer_withdraw", organisations=[offer.giver_id], region_id=offer.region_id)
    with transaction.atomic():
        with perform(
            actor, "transfer_withdraw", subject=offer.instrument, reason=reason, organisation_id=offer.giver_id,
            region_id=offer.region_id,
        ) as act:  # fmt: skip
            move(TRANSFER, offer, act)
            act.content = {"instrument": offer.instrument.code, "receiver": offer.receiver_id}
        tell_of_offer(actor, act, offer, offer.receiver_id, "transfer.withdrawn", offer.giver.name)
