"""What the authority of this platform adds to the shipped rules: approvals by two people, and rules of its own.

These tables are the source; the folder that commands read (`norms_folder`) is made from them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models.acts import Act, LedgerRow

STANDING = ("checked", "approved")


class RuleApproval(LedgerRow):
    """One edition of a rule, as it stood, held against its text: by one person, then by a second one."""

    norm = models.CharField(_("rule"), max_length=120)
    start = models.DateField(_("in force since"))
    content_hash = models.CharField("SHA-256", max_length=64)
    against = models.TextField(_("text compared with"))
    against_sha256 = models.CharField(_("SHA-256 of that text"), max_length=64, blank=True)
    quote = models.TextField(_("words of the text"), blank=True)
    checked_by = models.CharField(_("checked by"), max_length=200)
    checked_by_account = models.BigIntegerField()
    checked_on = models.DateField(_("checked on"))
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    approved_by_account = models.BigIntegerField(null=True)
    approved_on = models.DateField(_("approved on"), null=True)
    state = models.CharField(_("state"), max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_standing_approval_a_content",
                fields=["norm", "start", "content_hash"],
                condition=models.Q(state__in=STANDING),
            ),
            models.CheckConstraint(
                name="approved_by_two_people",
                condition=~models.Q(state="approved")
                | (
                    ~models.Q(approved_by="")
                    & ~models.Q(approved_by=models.F("checked_by"))
                    & ~models.Q(approved_by_account=models.F("checked_by_account"))
                ),
            ),
        ]
        indexes = [models.Index(fields=["norm", "start"], name="ruleapproval_norm")]
        verbose_name = _("approval of a rule")

    def __str__(self) -> str:
        return f"{self.norm} {self.start}"


class LocalRule(LedgerRow):
    """A file of the authority's own: a rule, or dated values laid over a shipped one, with its CSV tables."""

    norm = models.CharField(_("rule"), max_length=120)
    text = models.TextField("YAML")
    tables = models.JSONField("CSV", default=dict)
    sha256 = models.CharField("SHA-256", max_length=64)
    ended_by = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_local_file_a_rule", fields=["norm"], condition=models.Q(ended_by__isnull=True)
            )
        ]
        verbose_name = _("rule of one's own")

    def __str__(self) -> str:
        return self.norm
