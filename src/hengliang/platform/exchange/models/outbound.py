"""What was sent to an outside system, row by row, with its receipts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor, Role
from hengliang.platform.exchange.models.differences import Discrepancy
from hengliang.platform.exchange.models.inbound import InboundBatch
from hengliang.platform.exchange.models.systems import OutsideSystem
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    """What was sent, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those over regions see what went out of their regions; a body what it sent itself."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            Q(system__region_id__in=actor.regions(REGIONAL)) | Q(organisation_id__in=actor.organisations(BODY_ROLES))
        )


class Dispatch(LedgerRow):
    """A sheet for an outside system; its bytes never change."""

    class Kind(models.TextChoices):
        """What its rows speak of."""

        RESULTS = "results", _("Results of verification")
        LEDGER = "ledger", _("Entries of the ledger that stay as they are here")

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="dispatches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    kind = models.CharField(_("what it holds"), max_length=16, choices=Kind)
    until = models.DateField(_("up to and including"))
    rows = models.IntegerField(_("rows"))
    file_name = models.CharField(_("file"), max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)
    profile_used = models.JSONField(_("mapping as it was used"))

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet sent")

    def __str__(self) -> str:
        return self.file_name


class DispatchRow(LedgerRow):
    """One row that was sent. What it says stays; its receipt comes once, and an act may have it sent again."""

    changing = frozenset({"again_by_id", "answered_by_id", "answered_in_id", "receipt", "receipt_reason"})

    class Receipt(models.TextChoices):
        """What the other system answered."""

        NONE = "", _("No receipt yet")
        ACCEPTED = "accepted", _("Accepted there")
        REFUSED = "refused", _("Refused there")

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="lines")
    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(_("our number"), max_length=40)
    number = models.IntegerField(_("row"))
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="dispatched")
    discrepancy = models.ForeignKey(Discrepancy, models.PROTECT, null=True, related_name="dispatched")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="dispatched")
    receipt = models.CharField(_("receipt"), max_length=16, choices=Receipt, blank=True)
    receipt_reason = models.CharField(_("reason of the other system"), max_length=500, blank=True)
    answered_in = models.ForeignKey(InboundBatch, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey("core.Act", models.PROTECT, null=True, related_name="+")
    again_by = models.ForeignKey("core.Act", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="result_sent_once",
                fields=["system", "certificate"],
                condition=Q(again_by__isnull=True, certificate__isnull=False),
            ),
            models.UniqueConstraint(name="entry_sent_once", fields=["system", "discrepancy"],
                                    condition=Q(again_by__isnull=True, discrepancy__isnull=False)),
        ]  # fmt: skip
        indexes = [models.Index(fields=["system", "key"], name="dispatchrow_key")]
        verbose_name = _("row sent")

    def __str__(self) -> str:
        return self.key
