"""The decision rule that a customer agreed for statements of conformity."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.verification.models.work import Application


class AgreedDecision(LedgerRow):
    """Which decision rule was agreed for an application, and where (ISO/IEC 17025:2017, 7.1.3). Never changed."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    rule = models.CharField(_("decision rule"), max_length=24)
    edition = models.CharField(_("edition"), max_length=20)
    agreement = models.CharField(_("where it was agreed"), max_length=200)

    class Meta:
        verbose_name = _("agreed decision rule")

    def __str__(self) -> str:
        return self.rule
