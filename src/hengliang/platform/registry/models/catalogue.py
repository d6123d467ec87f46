"""The mandatory catalogue, and the ways in which an instrument is kept under control."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow


class Purpose(models.TextChoices):
    """What an instrument is used for; part of the scope of mandatory verification."""

    TRADE = "trade", _("Trade settlement")
    SAFETY = "safety", _("Safety protection")
    MEDICAL = "medical", _("Medical care")
    ENVIRONMENT = "environment", _("Environmental monitoring")
    ENFORCEMENT = "enforcement", _("Administrative enforcement")
    JUDICIAL = "judicial", _("Judicial appraisal")
    OTHER = "other", _("Other")


class Regime(models.TextChoices):
    """How an instrument is kept under control in service."""

    PERIODIC = "periodic", _("Periodic verification")
    FIRST_LIMITED_LIFE = "first_limited_life", _("First verification only, limited life")
    FIRST_TILL_FAILURE = "first_till_failure", _("First verification only, till failure")
    STATE_EVALUATION = "state_evaluation", _("State evaluation")
    SAMPLING = "sampling", _("Sampling of lots")
    ONLINE = "online", _("Online monitoring")
    VOLUNTARY = "voluntary", _("Voluntary")


class Control(models.TextChoices):
    """Which control of the state an item is under; empty where no source says."""

    NONE = "", _("No source")
    TYPE_APPROVAL = "P", _("Type approval")
    VERIFICATION = "V", _("Mandatory verification")
    BOTH = "P+V", _("Type approval and mandatory verification")


class CatalogueItem(LedgerRow):
    """An entry of the mandatory catalogue, projected from the norm for joins and lists; the norm has the dates."""

    changing = frozenset({"parent_id"})

    code = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    purposes = ArrayField(models.CharField(max_length=16, choices=Purpose), default=list, blank=True)
    control = models.CharField(_("control"), max_length=8, choices=Control, default="", blank=True)
    regime = models.CharField(_("regime"), max_length=24, choices=Regime, default="", blank=True)
    period_months = models.PositiveSmallIntegerField(_("period (months)"), null=True, blank=True)
    regulation = models.CharField(_("regulation"), max_length=100, blank=True)
    mark = models.CharField(_("how sure this row is"), max_length=8, blank=True)
    source = models.CharField(_("where it was seen"), max_length=300, blank=True)
    rank = models.PositiveIntegerField(_("place in the catalogue"), default=0)

    class Meta:
        verbose_name = _("catalogue item")

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """Its name in the language of the page; the English one is our translation, not official."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name
