"""The targets of a plan: what the document demands, and by which indicator it is computed."""

import hashlib
from decimal import Decimal
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models.plan import Clause, Plan
from hengliang.platform.plan.states import DROPPED, TARGET


class Comparator(models.TextChoices):
    """How a figure is held against the goal."""

    AT_LEAST = ">=", _("at least")
    MORE = ">", _("more than")
    EQUAL = "=", _("equal to")
    AT_MOST = "<=", _("at most")
    RANGE = "range", _("from … to …")


class Mode(models.TextChoices):
    """What is counted."""

    NEW = "new", _("New in the period")
    STOCK = "stock", _("In stock on the day")
    CUMULATIVE = "cumulative", _("Cumulative")
    RATIO = "ratio", _("Share on the day")
    STANDING = "standing", _("Share that must always hold")
    QUALITATIVE = "qualitative", _("Qualitative goal")


class PlanTargetQuerySet(models.QuerySet["PlanTarget"]):
    """Targets, scoped as their plans."""

    def visible_to(self, actor: Actor) -> Self:
        """The targets of the plans that the actor sees."""
        return self.filter(plan__in=Plan.objects.visible_to(actor))

    def standing(self) -> Self:
        """Those that nobody dropped, in the order of the text."""
        return self.exclude(state=DROPPED).order_by("start", "pk")


class PlanTarget(LedgerRow):
    """A figure to be reached, or a goal without a figure, at its place in the text.

    `goal` is what the document demands. What is reached stands in no column: it is computed.
    """

    class Firmness(models.TextChoices):
        """Whether the document promises or strives."""

        FIRM = "firm", _("Firm")
        ASPIRATIONAL = "aspirational", _("Aspirational")

    class Origin(models.TextChoices):
        """Who found it."""

        EXTRACTED = "extracted", _("Found by the program")
        ADDED = "added", _("Added by hand from the text")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, blank=True, related_name="targets")
    within = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="milestones")
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.EXTRACTED)
    text = models.TextField(_("words of the document"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    metric = models.CharField(_("what is measured"), max_length=300)
    comparator = models.CharField(_("comparison"), max_length=8, choices=Comparator, blank=True)
    goal = models.DecimalField(_("goal"), max_digits=18, decimal_places=4, null=True, blank=True)
    goal_upper = models.DecimalField(_("upper end of a range"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    deadline = models.DateField(_("by"), null=True, blank=True)
    mode = models.CharField(_("counted as"), max_length=16, choices=Mode)
    firmness = models.CharField(_("firmness"), max_length=16, choices=Firmness, default=Firmness.FIRM)
    indicator = models.CharField(_("indicator"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=TARGET.choices())

    objects = PlanTargetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "start"], name="target_place")]
        constraints = [
            models.CheckConstraint(
                name="target_has_its_goal",
                condition=models.Q(mode=Mode.QUALITATIVE)
                | ~models.Q(state="confirmed")
                | models.Q(goal__isnull=False, comparator__gt=""),
            )
        ]
        verbose_name = _("target")

    def __str__(self) -> str:
        return self.metric

    @property
    def qualitative(self) -> bool:
        """Whether people judge it."""
        return self.mode == Mode.QUALITATIVE

    @property
    def stamp(self) -> str:
        """What it demands and how it stands, as a short mark: two who read the same have the same."""
        told = (getattr(self, name) for name in (*_DEMAND, "state"))
        plain = (f"{one.normalize():f}" if isinstance(one, Decimal) else str(one) for one in told)
        return hashlib.sha256("\n".join(plain).encode()).hexdigest()[:16]


_DEMAND = (
    "metric", "mode", "comparator", "goal", "goal_upper", "unit", "deadline", "firmness", "indicator", "within_id",
)  # fmt: skip


class GoalRating(LedgerRow):
    """How somebody judges a qualitative goal on a day: a grade in words, what it rests on, and who dissents."""

    class Grade(models.TextChoices):
        """Words, never a percentage."""

        REACHED = "reached", _("Reached")
        LARGELY = "largely", _("Largely reached")
        PARTLY = "partly", _("Partly reached")
        NOT = "not", _("Not reached")
        CANNOT_SAY = "cannot_say", _("Can’t be judged on this evidence")

    target = models.ForeignKey(PlanTarget, models.PROTECT, related_name="ratings")
    on = models.DateField(_("on"))
    grade = models.CharField(_("rating"), max_length=16, choices=Grade)
    evidence = models.TextField(_("evidence"))
    dissent = models.TextField(_("dissenting opinion"), blank=True)

    class Meta:
        indexes = [models.Index(fields=["target", "-on", "-id"], name="goal_rating")]
        verbose_name = _("rating")

    def __str__(self) -> str:
        return f"{self.target_id} {self.grade}"
