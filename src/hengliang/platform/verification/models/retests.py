"""Re-tests: the authority has what an authorised laboratory verified verified again by another body."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow, Region
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.verification.models.records import Record
from hengliang.platform.verification.models.work import Task
from hengliang.platform.verification.states import RETEST


class ReTestQuerySet(models.QuerySet["ReTest"]):
    """Re-tests, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """The authority and the body that re-tests; the laboratory itself only once it is concluded: unannounced."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        bodies = actor.organisations(BODY_ROLES)
        return self.filter(
            models.Q(region_id__in=actor.regions())
            | models.Q(task__body_id__in=bodies)
            | models.Q(first__task__body_id__in=bodies, state__in=["agrees", "finding"])
        )


class ReTest(LedgerRow):
    """A second verification of an instrument beside the first; the comparison is kept as it was concluded."""

    changing = frozenset({"compared", "state"})

    first = models.ForeignKey(Record, models.PROTECT, related_name="retests")
    task = models.OneToOneField(Task, models.PROTECT, related_name="retest")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    ordered_on = models.DateField(_("ordered on"))
    compared = models.JSONField(_("the results side by side"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=RETEST.choices())

    objects = ReTestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "state"], name="retest_region")]
        verbose_name = _("re-test")

    def __str__(self) -> str:
        return f"re-test of {self.first_id}"
