"""The other side takes an instrument over."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.models import Instrument, InstrumentState, TransferOffer
from hengliang.platform.registry.services.entry import entry_of, refuse_if_gone, write
from hengliang.platform.registry.services.hold import refuse_if_held
from hengliang.platform.registry.services.tell import tell_of_offer
from hengliang.platform.registry.states import TRANSFER


def transfer_accept(*, actor: Actor, offer: TransferOffer) -> InstrumentState:
    """Take over an instrument: it is the receiver's from today. Where it stands is another act.

    Errors: `NotPermitted`; `Refused` if the giver is no longer its user; `Blocked` if it is preserved;
    `TransitionRefused` if the offer was answered or withdrawn meanwhile.
    """
    permit(actor, "transfer_accept", organisations=[offer.receiver_id])
    with transaction.atomic():
        entry = _entry_to_hand_over(actor, offer)
        with perform(
            actor, "transfer_accept", subject=offer.instrument, organisation_id=offer.receiver_id,
            region_id=entry.region_id,
        ) as act:  # fmt: skip
            move(TRANSFER, offer, act)
            act.content = {"instrument": offer.instrument.code, "owner": offer.receiver_id}
            written = write(entry, act=act, on=act.on, owner=offer.receiver)
        tell_of_offer(actor, act, offer, offer.giver_id, "transfer.accepted", offer.receiver.name)
    return written


def _entry_to_hand_over(actor: Actor, offer: TransferOffer) -> InstrumentState:
    """The entry of today, its instrument locked, if it can still go over."""
    Instrument.objects.select_for_update().only("pk").get(pk=offer.instrument_id)
    TRANSFER.target("transfer_accept", offer.state)
    refuse_if_held("transfer_accept", offer.instrument, actor.today)
    entry = entry_of(offer.instrument, actor.today)
    refuse_if_gone(entry)
    if entry.owner_id != offer.giver_id:
        raise Refused(
            "giver_changed",
            "%(giver)s is no longer its user, so it can't hand it over. Decline the offer.",
            giver=offer.giver.name,
        )
    return entry
