"""Regions, with dated codes, names and places in the tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models.acts import LedgerRow
from hengliang.platform.core.models.dated import DatedRow, never_twice


class Region(LedgerRow):
    """An administrative region; what it is called and where it belongs is dated."""

    class Level(models.IntegerChoices):
        """Depth in the tree."""

        COUNTRY = 0, _("Country")
        PROVINCE = 1, _("Province")
        CITY = 2, _("City")
        COUNTY = 3, _("County")
        TOWNSHIP = 4, _("Township")

    level = models.SmallIntegerField(choices=Level.choices)

    class Meta:
        verbose_name = _("region")

    def __str__(self) -> str:
        return f"region {self.pk}"


class RegionVersion(DatedRow):
    """Code (GB/T 2260), names and parent of a region from a day on."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="versions")
    parent = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="child_versions")
    code = models.CharField(_("region code"), max_length=12)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)

    class Meta:
        constraints = [never_twice("region_once", "region_id")]
        indexes = [models.Index(fields=["code"], name="region_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
