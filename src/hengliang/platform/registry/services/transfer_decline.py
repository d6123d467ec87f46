"""The other side does not take an instrument over."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.models import TransferOffer
from hengliang.platform.registry.services.tell import tell_of_offer
from hengliang.platform.registry.states import TRANSFER


def transfer_decline(*, actor: Actor, offer: TransferOffer, reason: str) -> None:
    """Decline an offer: the instrument stays the giver's, who is told why.

    Errors: `NotPermitted`; `TransitionRefused` if the offer was answered or withdrawn meanwhile.
    """
    permit(actor, "transfer_decline", organisations=[offer.receiver_id])
    with transaction.atomic():
        with perform(
            actor, "transfer_decline", subject=offer.instrument, reason=reason, organisation_id=offer.receiver_id,
            region_id=offer.region_id,
        ) as act:  # fmt: skip
            move(TRANSFER, offer, act)
            act.content = {"instrument": offer.instrument.code, "receiver": offer.receiver_id}
        tell_of_offer(actor, act, offer, offer.giver_id, "transfer.declined", offer.receiver.name)
