"""What an outside system sent: a file, and what came of each of its rows."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor, Role
from hengliang.platform.exchange.models.systems import OutsideSystem
from hengliang.platform.exchange.states import BATCH
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentImport


class InboundBatchQuerySet(models.QuerySet["InboundBatch"]):
    """Batches, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those over regions see what came for their regions; a body what it brought in itself."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            models.Q(system__region_id__in=actor.regions(REGIONAL))
            | models.Q(organisation_id__in=actor.organisations(BODY_ROLES))
        )


class InboundBatch(LedgerRow):
    """A file of an outside system: received, compared, accepted or dropped. What it holds lies in its rows."""

    class Kind(models.TextChoices):
        """What its rows speak of."""

        LEDGER = "ledger", _("Ledger of instruments")
        TASKS = "tasks", _("Tasks of verification")
        RECEIPTS = "receipts", _("Receipts for what was sent")

    changing = frozenset(
        {"accepted_by_id", "counts", "done", "filing_id", "headers", "missing", "notices", "problem", "profile_used"}
        | {"rows", "sha256", "size", "state", "step"}
    )

    system = models.ForeignKey(OutsideSystem, models.PROTECT, related_name="batches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    kind = models.CharField(_("what it holds"), max_length=16, choices=Kind)
    complete = models.BooleanField(_("all that the other system holds of the region"), default=False)
    stated_on = models.DateField(_("day of which it speaks"))
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField(_("size (bytes)"), default=0)
    state = models.CharField(_("state"), max_length=16, choices=BATCH.choices())
    step = models.CharField(_("what is done with it now"), max_length=16, blank=True)
    done = models.IntegerField(_("rows done"), default=0)
    headers = models.JSONField(_("columns as they were understood"), default=list)
    notices = models.JSONField(_("what its sender should know"), default=list)
    problem = models.JSONField(_("why it can't be read"), default=dict)
    profile_used = models.JSONField(_("mapping as it was used"), default=dict)
    counts = models.JSONField(_("rows by outcome"), default=dict)
    rows = models.IntegerField(_("rows"), default=0)
    missing = models.IntegerField(_("only here"), default=0)
    filing = models.ForeignKey(InstrumentImport, models.PROTECT, null=True, related_name="+")
    accepted_by = models.ForeignKey("core.Act", models.PROTECT, null=True, related_name="+")

    objects = InboundBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["system", "kind", "sha256"], name="inbound_same_file")]
        verbose_name = _("batch received")

    def __str__(self) -> str:
        return self.file_name


class InboundRow(models.Model):
    """One row of a batch: what it says, which object of ours it speaks of, and its receipt."""

    class Outcome(models.TextChoices):
        """What the comparison found."""

        NEW = "new", _("New")
        SAME = "same", _("Same")
        DIFFERENT = "different", _("Different")
        CONFLICT = "conflict", _("In conflict")
        PROPOSED = "proposed", _("Perhaps the same")
        REFUSED = "refused", _("Turned away")

    class Receipt(models.TextChoices):
        """What the sender is answered."""

        NONE = "", _("Not yet answered")
        ACCEPTED = "accepted", _("Taken")
        REFUSED = "refused", _("Turned away")
        WAITING = "waiting", _("Waits for a person")

    batch = models.ForeignKey(InboundBatch, models.CASCADE, related_name="lines", db_index=False)
    number = models.IntegerField(_("row"))
    outside_id = models.CharField(_("their number"), max_length=100, blank=True)
    cells = models.JSONField(_("what it says"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    code = models.CharField(_("reason"), max_length=40, blank=True)
    params = models.JSONField(default=dict)
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="+")
    proposed = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="+")
    matched_by = models.CharField(_("found by"), max_length=16, blank=True)
    differences = models.JSONField(_("what differs"), default=list)
    receipt = models.CharField(_("receipt"), max_length=16, choices=Receipt, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="inbound_row_once", fields=["batch", "number"])]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="inbound_outcome")]
        verbose_name = _("row received")

    def __str__(self) -> str:
        return f"row {self.number}"
