"""Assessments of plans by somebody else than those who carry them out, on a snapshot."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.models.plan import Plan
from hengliang.platform.plan.models.snapshot import Snapshot
from hengliang.platform.plan.models.target import GoalRating, PlanTarget


class PlanAssessmentQuerySet(models.QuerySet["PlanAssessment"]):
    """Assessments, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the plans that the actor sees, and those that were given to the actor's organisation."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        mine = models.Q(assessor_id__in=actor.organisations({Role.ASSESSOR}))
        return self.filter(mine | models.Q(plan__region_id__in=actor.regions()))


class PlanAssessment(LedgerRow):
    """A mid-term or final assessment; the figures are those of its snapshot and are nobody's to change."""

    class Kind(models.TextChoices):
        """When in the life of a plan."""

        MID_TERM = "mid_term", _("Mid-term assessment")
        FINAL = "final", _("Final assessment")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="assessments")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="assessments")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    assessor = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("assessor"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    state = models.CharField(_("state"), max_length=16, choices=ASSESSMENT.choices())

    objects = PlanAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment of a plan")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.plan}"


class TargetOpinion(LedgerRow):
    """What the assessor says of one target, beside its frozen figure; the newest one counts."""

    assessment = models.ForeignKey(PlanAssessment, models.PROTECT, related_name="opinions")
    target = models.ForeignKey(PlanTarget, models.PROTECT, related_name="+")
    grade = models.CharField(_("grade"), max_length=12, choices=GoalRating.Grade)
    opinion = models.TextField(_("opinion"))

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.target_id}"


class TypicalPractice(LedgerRow):
    """What others may learn from (典型经验做法), and whose it is."""

    assessment = models.ForeignKey(PlanAssessment, models.PROTECT, related_name="practices")
    title = models.CharField(_("practice"), max_length=200)
    unit = models.CharField(_("unit"), max_length=200)
    text = models.TextField(_("what was done, and what came of it"))

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
