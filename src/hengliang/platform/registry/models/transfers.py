"""Offers of an instrument to another user: until the other side accepts, the giver stays responsible."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models.identity import Instrument
from hengliang.platform.registry.states import OFFERED, TRANSFER


class TransferOfferQuerySet(models.QuerySet["TransferOffer"]):
    """Offers, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Both sides see an offer, and the regional roles of where the instrument stood when it was made."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        own = actor.organisations(HOLDER_ROLES)
        return self.filter(Q(region_id__in=actor.regions()) | Q(giver_id__in=own) | Q(receiver_id__in=own))

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=OFFERED)


class TransferOffer(LedgerRow):
    """An instrument offered by its user to another, who accepts or declines; the giver may withdraw it until then."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="transfer_offers")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("present user"))
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("new user"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    offered_on = models.DateField(_("offered on"))
    state = models.CharField(_("state"), max_length=16, choices=TRANSFER.choices(), default=OFFERED)

    objects = TransferOfferQuerySet.as_manager()

    class Meta:
        # One question at a time: an instrument can't be promised to two.
        constraints = [
            models.UniqueConstraint(fields=["instrument"], condition=Q(state=OFFERED), name="transfer_offered_once")
        ]
        verbose_name = _("offer of transfer")

    def __str__(self) -> str:
        return f"{self.instrument_id} to {self.receiver_id}"
