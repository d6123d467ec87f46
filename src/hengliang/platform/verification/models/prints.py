"""Papers printed many at once."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Account


class PrintJobQuerySet(models.QuerySet["PrintJob"]):
    """Print jobs, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever asked for it, and nobody else: it holds what that one may see."""
        return self.filter(account_id=actor.account_id or 0)


class PrintJob(models.Model):
    """Many papers as one file with a cover list. No ledger row: it changes nothing, and is swept after some days."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind of paper"), max_length=40)
    keys = models.JSONField(_("which"))
    asked_at = models.DateTimeField(_("asked at"))
    done = models.PositiveIntegerField(_("papers made"), default=0)
    refused = models.JSONField(_("papers that could not be made, and why"), default=list)
    problem = models.JSONField(_("why nothing came of it"), null=True)
    pdf = models.BinaryField(null=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("print job")

    def __str__(self) -> str:
        return f"{self.kind} × {len(self.keys)}"
