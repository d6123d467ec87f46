"""Offers of transfer, and what became of them."""

from django.db.models import QuerySet

from hengliang.platform.core.acts import subject_ref
from hengliang.platform.core.models import Act, StateChange
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import TransferOffer


def transfer_list(actor: Actor) -> "QuerySet[TransferOffer]":
    """The offers that an actor may see, newest first."""
    rows = TransferOffer.objects.visible_to(actor).select_related("instrument", "giver", "receiver", "act")
    return rows.order_by("-offered_on", "-pk")


def acts_of_offer(offer: TransferOffer) -> "QuerySet[Act]":
    """The acts that made and answered an offer. They are acts on the instrument, whose history tells them too."""
    label, pk = subject_ref(offer)
    changes = StateChange.objects.filter(subject_type=label, subject_id=pk)
    return Act.objects.filter(pk__in=changes.values("act")).order_by("-at", "-pk")
