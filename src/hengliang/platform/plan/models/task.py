"""What a plan asks of whom, and what they report."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.models.plan import Clause, Plan
from hengliang.platform.plan.states import TASK


class PlanTaskQuerySet(models.QuerySet["PlanTask"]):
    """Tasks, scoped as their plans."""

    def visible_to(self, actor: Actor) -> Self:
        """The tasks of the plans that the actor sees."""
        return self.filter(plan__in=Plan.objects.visible_to(actor))


class PlanTask(LedgerRow):
    """What a clause asks for, by when; whom it asks stands in `TaskUnit`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, related_name="tasks")
    title = models.CharField(_("task"), max_length=500)
    measures = models.JSONField(_("measures"), default=list)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=TASK.choices())

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "state", "due_on"], name="task_due")]
        verbose_name = _("task")

    def __str__(self) -> str:
        return self.title


class TaskUnit(LedgerRow):
    """A unit that answers for a task: an organisation known here, or a name only."""

    class Role(models.TextChoices):
        """How it answers."""

        LEAD = "lead", _("Lead")
        JOINT = "joint", _("Joint")

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="units")
    ordinal = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("unit"), max_length=200)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    others = models.CharField(_("open class it was named for"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("ordinal",)
        constraints = [models.UniqueConstraint(name="task_unit_once", fields=["task", "ordinal"])]

    def __str__(self) -> str:
        return self.name


class ProgressReport(LedgerRow):
    """What a unit says about a task on a day; its evidence is attached. It moves no figure."""

    task = models.ForeignKey(PlanTask, models.PROTECT, related_name="reports")
    unit = models.CharField(_("reported by"), max_length=200)
    on = models.DateField(_("on"))
    says = models.TextField(_("what was done"))

    class Meta:
        indexes = [models.Index(fields=["task", "-on"], name="progress_report")]
        verbose_name = _("progress report")

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"
