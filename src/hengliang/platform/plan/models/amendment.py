"""Changes to the targets of a plan in force: what was demanded, what shall be, why, and who wants it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.amendment_states import AMENDMENT
from hengliang.platform.plan.models.plan import Plan
from hengliang.platform.plan.models.target import PlanTarget


class TargetAmendmentQuerySet(models.QuerySet["TargetAmendment"]):
    """Changes, scoped as their plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the plans that the actor sees."""
        return self.filter(target__plan__in=Plan.objects.visible_to(actor))


class TargetAmendment(LedgerRow):
    """A target of a plan in force is changed, dropped or added; it counts once a second person has confirmed it.

    `before` and `after` are demands as snapshots freeze them; an empty `before` is a target that is added, an empty
    `after` one that is dropped. One change of a target waits at a time.
    """

    target = models.ForeignKey(PlanTarget, models.PROTECT, related_name="amendments")
    before = models.JSONField(_("what was demanded"), default=dict)
    after = models.JSONField(_("what shall be demanded"), default=dict)
    reason = models.TextField(_("reason"))
    proposed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    state = models.CharField(_("state"), max_length=16, choices=AMENDMENT.choices())

    objects = TargetAmendmentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                name="target_amendment_waits_once", fields=["target"], condition=models.Q(state="proposed")
            )
        ]
        verbose_name = _("change of a target")

    def __str__(self) -> str:
        return str((self.before or self.after)["metric"])
