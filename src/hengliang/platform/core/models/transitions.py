"""The moves of work-flow objects from state to state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models.acts import LedgerRow


class StateChange(LedgerRow):
    """One move. The `state` column of the object is the last of these rows, written by `transitions.move` alone."""

    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="statechange_subject")]
        verbose_name = _("change of state")

    def __str__(self) -> str:
        return f"{self.subject_type}/{self.subject_id}: {self.source} → {self.target}"
