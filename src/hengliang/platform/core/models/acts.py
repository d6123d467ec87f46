"""Acts and their log outbox."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.Model):
    """One thing that somebody did. Never changed; the organisation and account are named, not related, so that
    the act outlives them and `core` stands below `parties`."""

    kind = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    on = models.DateField(_("day of which it speaks"))
    at = models.DateTimeField(_("moment at which it became known"))
    account_id = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=200, blank=True)
    organisation_id = models.BigIntegerField(null=True)
    region_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    content: Any = None
    """What the act commits to in the log; set by the service inside `perform`."""
    subject: models.Model | None = None
    """The object that the act made, where there was none to name before."""

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="act_subject"),
            BrinIndex(fields=["at"], name="act_at"),
        ]
        verbose_name = _("act")

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class LogEntry(models.Model):
    """The outbox of the append-only log: one entry an act, integrated by the one sequencer."""

    act = models.OneToOneField(Act, models.PROTECT, primary_key=True, related_name="log_entry")
    entry = models.BinaryField(_("canonical bytes that enter the log"))
    payload = models.JSONField(_("what the commitment opens to"), null=True)
    salt = models.BinaryField(null=True)
    position = models.BigIntegerField(_("index in the log"), null=True, unique=True)
    integrated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["act"], name="logentry_waiting", condition=models.Q(position__isnull=True))]

    def __str__(self) -> str:
        return f"log entry of act {self.pk}"


class LedgerRow(models.Model):
    """A row that an act left. `act` is never null: there is no change without its act."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
