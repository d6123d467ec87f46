"""Orders of the authority about an instrument."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision.states import OPEN, ORDER


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those addressed see theirs; regional roles those of their regions; a body those on what it verifies."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            models.Q(region_id__in=actor.regions())
            | models.Q(owner_id__in=actor.organisations(HOLDER_ROLES))
            | models.Q(market_id__in=actor.organisations({Role.MARKET_ORGANISER}))
            | models.Q(body_id__in=actor.organisations(BODY_ROLES))
        )

    def late(self, on: date) -> Self:
        """Open, with a term that has ended."""
        return self.filter(state=OPEN, due_by__lt=on)


class Order(LedgerRow):
    """A reminder, or an order to put something right by a day; to whoever used the instrument on the day of issue."""

    class Kind(models.TextChoices):
        """How much weight it has."""

        REMINDER = "reminder", _("Reminder")
        RECTIFICATION = "rectification", _("Rectification order")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="orders")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("addressed to"))
    market = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    issued_on = models.DateField(_("issued on"))
    days = models.PositiveSmallIntegerField(_("term (working days)"), null=True, blank=True)
    due_by = models.DateField(_("to be done by"), null=True, blank=True)
    provisional = models.BooleanField(_("holidays of that year not yet known"), default=False)
    state = models.CharField(_("state"), max_length=16, choices=ORDER.choices())

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_order_a_kind", fields=["instrument", "kind"], condition=models.Q(state=OPEN)
            ),
            models.CheckConstraint(
                name="order_has_a_term", condition=models.Q(kind="reminder") | models.Q(due_by__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state", "due_by"], name="order_region"),
            models.Index(fields=["owner", "state"], name="order_owner"),
        ]
        verbose_name = _("order")

    def __str__(self) -> str:
        return f"order {self.pk}"
