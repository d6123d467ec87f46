"""Designations: which body verifies an item in an area, by decision of the authority."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import DatedRow, Region
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem


def _same(key: str) -> tuple[Any, str]:
    return Func(key, key, Value("[]"), function="int8range"), "&&"


class Designation(DatedRow):
    """A body is designated (指定) for the mandatory verification of an item in a region and all below it."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="designations")
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    number = models.CharField(_("document number"), max_length=100)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="designated_once",
                expressions=[
                    *map(_same, ("body_id", "item_id", "region_id")),
                    (Func("valid_from", "valid_to", function="daterange"), "&&"),
                ],
                condition=Q(known_to__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["item", "region"], name="designation_item_region")]
        verbose_name = _("designation")

    def __str__(self) -> str:
        return self.number
