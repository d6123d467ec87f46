"""Statistics as they were signed: prepared by one person, checked by another, never changed afterwards."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.reach import body_reached
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.supervision.states import RETURN


class StatisticsReturnQuerySet(models.QuerySet["StatisticsReturn"]):
    """Returns, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body sees its own; an authority those of its regions, and of the bodies that sit there."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(body_reached(actor, "body") | models.Q(region_id__in=actor.regions()))


class StatisticsReturn(LedgerRow):
    """One form of one period, of a body or of a region (统计报表)."""

    changing = frozenset({"checked_by_id", "checked_on", "state"})

    form = models.CharField(_("form"), max_length=80)
    edition = models.CharField(_("edition"), max_length=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    by = models.CharField(_("rows"), max_length=10)
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_on = models.DateField(_("prepared on"))
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(_("checked on"), null=True)
    state = models.CharField(_("state"), max_length=16, choices=RETURN.choices())

    objects = StatisticsReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="return_is_of_one", condition=models.Q(body__isnull=False) ^ models.Q(region__isnull=False)
            ),
            models.CheckConstraint(
                name="prepared_and_checked_by_two", condition=~models.Q(prepared_by=models.F("checked_by"))
            ),
            models.CheckConstraint(
                name="signed_by_somebody", condition=~models.Q(state="signed") | models.Q(checked_by__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_return_a_period",
                fields=["form", "starts_on", "by", "body", "region"],
                condition=models.Q(state__in=["prepared", "signed"]),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-starts_on"], name="return_body"),
            models.Index(fields=["region", "-starts_on"], name="return_region"),
        ]
        verbose_name = _("statistics return")

    def __str__(self) -> str:
        return f"{self.form} {self.starts_on}"
