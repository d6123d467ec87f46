"""The user of an instrument offers it to another."""

from django.db import transaction

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.models import Instrument, InstrumentState, TransferOffer
from hengliang.platform.registry.services.entry import locked_entry, perform_on, refuse_if_gone
from hengliang.platform.registry.services.tell import tell_of_offer
from hengliang.platform.registry.states import TRANSFER


def transfer_offer(*, actor: Actor, instrument: Instrument, receiver: Organisation, reason: str) -> TransferOffer:
    """Offer an instrument to another user, and tell them. The ledger stays as it is until they accept.

    Errors: `NotPermitted`; `InputRefused` if it is theirs already; `Refused` if it is a part, or nobody could answer;
    `Blocked` if it is preserved or offered already.
    """
    with transaction.atomic():
        permit(actor, "transfer_offer", organisations=[instrument.states.current().get().owner_id])
        entry = locked_entry(actor, "transfer_offer", instrument, actor.today)
        refuse_if_gone(entry)
        _refuse_unanswerable(actor, entry, receiver)
        with perform_on(actor, "transfer_offer", entry, reason=reason) as act:
            offer = TransferOffer.objects.create(
                act=act, instrument=instrument, giver_id=entry.owner_id, receiver=receiver,
                region_id=entry.region_id, offered_on=act.on,
            )  # fmt: skip
            enter(TRANSFER, offer, act)
            act.content = {"instrument": instrument.code, "receiver": receiver.pk}
        tell_of_offer(actor, act, offer, receiver.pk, "transfer.offered", offer.giver.name)
    return offer


def _refuse_unanswerable(actor: Actor, entry: InstrumentState, receiver: Organisation) -> None:
    if entry.instrument.part_of_id is not None:
        raise Refused("part_follows", "A part goes with the whole that it belongs to; offer that.")
    if receiver.pk == entry.owner_id:
        raise InputRefused("owner_already", "It is theirs already.", field="receiver")
    if not accounts_of([receiver.pk], HOLDER_ROLES, actor.today):
        raise InputRefused(
            "nobody_to_answer",
            "Nobody at %(receiver)s has an account here to accept it. Ask the authority to enter the transfer.",
            field="receiver",
            receiver=receiver.name,
        )
