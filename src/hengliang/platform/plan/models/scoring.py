"""By which weights the districts of a plan are scored. What a district has reached stands nowhere: it is computed."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models.plan import Plan
from hengliang.platform.plan.models.target import PlanTarget
from hengliang.platform.plan.scoring_states import SCORING


class ScoringQuerySet(models.QuerySet["Scoring"]):
    """Schemes, scoped as their plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the plans that the actor sees."""
        return self.filter(plan__in=Plan.objects.visible_to(actor))


class Scoring(LedgerRow):
    """A set of weights for the targets of a plan; one is in force at a time."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="scorings")
    remark = models.TextField(_("remark"), blank=True)
    entered_by = models.BigIntegerField(null=True)
    state = models.CharField(_("state"), max_length=16, choices=SCORING.choices())

    objects = ScoringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="scoring_one_in_force", fields=["plan"], condition=Q(state="confirmed"))
        ]
        verbose_name = _("weights of a plan")

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.get_state_display()}"


class ScoringWeight(LedgerRow):
    """The weight of one target. `each` is what a single district has to reach, where the plan's goal is a number of
    things for the whole region; a share is demanded of every district alike."""

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="weights")
    target = models.ForeignKey(PlanTarget, models.PROTECT, related_name="+")
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    each = models.DecimalField(_("demanded of each district"), max_digits=18, decimal_places=4, null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="scoring_weight_once", fields=["scoring", "target"]),
            models.CheckConstraint(name="scoring_weight_is_positive", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.weight}"
