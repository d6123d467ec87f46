"""Working and travelling time of the people of a body."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.reach import body_reached
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.models.rounds import Round
from hengliang.platform.verification.states import WORKTIME


class WorkTimeQuerySet(models.QuerySet["WorkTime"]):
    """Working time, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """The body its own; the authority of the region in which the body has its seat."""
        return self.filter(body_reached(actor, "body"))


class WorkTime(LedgerRow):
    """What one person spent on one item on one day: hours at work, hours on the way, kilometres, pieces done."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="worktimes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="worktimes")
    worked_on = models.DateField(_("day"))
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField(_("pieces done"))
    hours = models.DecimalField(_("hours at work"), max_digits=4, decimal_places=1)
    travel_hours = models.DecimalField(_("hours on the way"), max_digits=4, decimal_places=1, default=0)
    kilometres = models.DecimalField(_("kilometres"), max_digits=6, decimal_places=1, default=0)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="worktimes")
    job = models.CharField(_("application, or in words"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=WORKTIME.choices())

    objects = WorkTimeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="worktime_within_a_day",
                condition=models.Q(hours__gt=0, travel_hours__gte=0, kilometres__gte=0)
                & models.Q(hours__lte=24 - models.F("travel_hours")),
            )
        ]
        indexes = [models.Index(fields=["body", "-worked_on"], name="worktime_body")]
        verbose_name = _("working time")

    def __str__(self) -> str:
        return f"{self.worked_on} {self.hours} h"
