"""Mediation of a dispute by the authority: who asked for it, who led it, on which result it rests, how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.verification.models.arbitration import Arbitration
from hengliang.platform.verification.models.records import Record
from hengliang.platform.verification.states import MEDIATION


class Mediation(LedgerRow):
    """The authority mediates in a dispute (计量调解), at the request of one party or both.

    `authority` is the region whose authority leads it; `basis` the record of the arbitration verification on whose
    result an agreement rests, null where both agreed before anything was measured. What was agreed stands with the
    arbitration, what each party bears with the party.
    """

    class Asked(models.TextChoices):
        """Who asked for it."""

        CLAIMANT = "claimant", _("Claimant")
        RESPONDENT = "respondent", _("Respondent")
        BOTH = "both", _("both parties")

    changing = frozenset({"basis", "ended_on", "facts", "perform_by", "state"})

    arbitration = models.ForeignKey(Arbitration, models.PROTECT, related_name="mediations")
    authority = models.ForeignKey(Region, models.PROTECT, related_name="+")
    asked_by = models.CharField(_("mediation asked for by"), max_length=16, choices=Asked)
    written = models.BooleanField(_("asked for in writing"))
    begun_on = models.DateField(_("mediation asked for on"))
    mediators = models.CharField(_("mediators"), max_length=200)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    facts = models.TextField(_("facts and responsibility"), blank=True)
    perform_by = models.DateField(_("to be performed by"), null=True, blank=True)
    basis = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=16, choices=MEDIATION.choices())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arbitration"], condition=models.Q(state="begun"), name="one_mediation_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["arbitration"], condition=models.Q(state="agreed"), name="one_agreement_a_dispute"
            ),
        ]
        verbose_name = _("mediation")

    def __str__(self) -> str:
        return f"{self.arbitration_id} {self.begun_on}"
