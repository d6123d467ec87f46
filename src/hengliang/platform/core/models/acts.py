"""Acts and their log outbox."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now
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
    written: set[tuple[type[models.Model], int]] | None = None
    """The ledger rows that were saved under the act; a set only inside `perform`."""
    made: list["LedgerRow"] | None = None
    """The ledger rows made by `bulk_create` under the act; a list only inside `perform`."""
    tables: tuple[type["LedgerRow"], ...] = ()
    """Tables into which the act wrote many rows at once; set by the service inside `perform`."""

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
    ledger = models.JSONField(_("who, why, and which rows; never disclosed by a receipt"), null=True)
    ledger_salt = models.BinaryField(null=True)
    entered_at = models.DateTimeField(db_default=Now())
    position = models.BigIntegerField(_("index in the log"), null=True, unique=True)
    integrated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["act"], name="logentry_waiting", condition=models.Q(position__isnull=True))]

    def __str__(self) -> str:
        return f"log entry of act {self.pk}"


class LedgerRow(models.Model):
    """A row that an act left. `act` is never null: there is no change without its act."""

    changing: ClassVar[frozenset[str]] = frozenset({"state"})
    """Columns that a later act may change without writing the row anew. A state is proven by its changes."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the act know, so that its log entry commits to the row."""
        super().save(*args, **kwargs)
        act = self._state.fields_cache.get("act")
        if act is not None and act.written is not None:
            act.written.add((type(self), self.pk))

    def _prepare_related_fields_for_save(self, operation_name: str, fields: Any = None) -> None:
        # `bulk_create` calls neither `save` nor a signal; this is the one step that it takes for each row.
        super()._prepare_related_fields_for_save(operation_name, fields)  # type: ignore[misc]
        act = self._state.fields_cache.get("act")
        if operation_name == "bulk_create" and act is not None and act.made is not None:
            act.made.append(self)


class LogFile(models.Model):
    """A file of the log under its public name: tile, entry bundle, the checkpoint that is offered, the cosigned one."""

    name = models.CharField(max_length=128, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class LogCheckpoint(models.Model):
    """The signed checkpoint of the log: the only row that changes, and only forward."""

    origin = models.CharField(max_length=255, primary_key=True)
    note = models.BinaryField()
    size = models.BigIntegerField()
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"
