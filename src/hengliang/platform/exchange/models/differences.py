"""What we hold and another system holds otherwise, and what both agreed on last."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.exchange.models.inbound import InboundBatch
from hengliang.platform.exchange.models.systems import OutsideSystem
from hengliang.platform.exchange.states import DISCREPANCY, OPEN, UNSETTLED
from hengliang.platform.registry.models import Instrument


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    """Differences, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those over regions see the differences of their regions."""
        return self if actor.has(Role.ADMINISTRATOR) else self.filter(region_id__in=actor.regions(REGIONAL))

    def waiting(self, on: date) -> Self:
        """To be settled on a day: open, or left until a day that has come."""
        return self.filter(models.Q(state=OPEN) | models.Q(state="ignored", ignored_until__lte=on))


class Discrepancy(LedgerRow):
    """One object that two systems hold differently, or that only one of them holds. Never changed: what is seen
    otherwise next time is another difference, which keeps the day since which there is one."""

    changing = frozenset({"ignored_until", "seen_on", "state"})

    class Kind(models.TextChoices):
        """What is different."""

        ONLY_HERE = "only_here", _("Only here")
        ONLY_THERE = "only_there", _("Only there")
        DIFFERENT = "different", _("Different")
        CONFLICT = "conflict", _("Changed on both sides")
        MOVED = "moved", _("Their number names another instrument")

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="discrepancies")
    batch = models.ForeignKey(InboundBatch, models.PROTECT, related_name="discrepancies")
    number = models.IntegerField(_("row"), null=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="discrepancies")
    proposed = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="+")
    outside_id = models.CharField(_("their number"), max_length=100, blank=True)
    name = models.CharField(_("what it is"), max_length=200)
    fields = models.JSONField(_("field by field"), default=list)
    cells = models.JSONField(_("what the other system says"), default=dict)
    reason = models.JSONField(_("why it was not accepted"), default=dict)
    fingerprint = models.CharField(max_length=64)
    since = models.DateField(_("since"))
    seen_on = models.DateField(_("last seen"))
    ignored_until = models.DateField(_("left until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=DISCREPANCY.choices())

    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_difference_an_instrument",
                fields=["system", "instrument"],
                condition=models.Q(state__in=UNSETTLED, instrument__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_difference_a_number",
                fields=["system", "outside_id"],
                condition=models.Q(state__in=UNSETTLED) & ~models.Q(outside_id=""),
            ),
        ]
        indexes = [models.Index(fields=["region", "state", "since"], name="discrepancy_region")]
        verbose_name = _("difference")

    def __str__(self) -> str:
        return f"{self.kind} {self.outside_id or self.instrument_id}"

    @property
    def found(self) -> str:
        """The kind as a reader meets it: what is only there and like an instrument here is perhaps the same."""
        return "proposed" if self.kind == self.Kind.ONLY_THERE and self.proposed_id else self.kind


class AgreedValues(LedgerRow):
    """What both systems said of an instrument when they last agreed; by it one sees later which side changed."""

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="+", db_index=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", db_index=False)
    values = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["system", "instrument", "-id"], name="agreed_last")]
        verbose_name = _("values agreed on")

    def __str__(self) -> str:
        return f"agreed on {self.instrument_id}"
