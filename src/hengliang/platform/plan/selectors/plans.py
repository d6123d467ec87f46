"""Plans, targets, tasks and achievements as pages and programs see them."""

from django.db import models
from django.db.models import Count, Max, Prefetch, Q

from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import history_of
from hengliang.platform.plan.models import (
    Achievement,
    Plan,
    PlanAssessment,
    PlanTarget,
    PlanTask,
    Snapshot,
    TargetAmendment,
    TaskUnit,
)
from hengliang.platform.plan.states import CONFIRMED, FOUND


def plan_list(actor: Actor) -> "models.QuerySet[Plan]":
    """The plans that the actor sees, with how many targets are confirmed and how many wait."""
    return Plan.objects.visible_to(actor).defer("text", "found").annotate(
        confirmed=Count("targets", filter=Q(targets__state=CONFIRMED)),
        waiting=Count("targets", filter=Q(targets__state=FOUND)),
    )  # fmt: skip


def task_list(actor: Actor) -> "models.QuerySet[PlanTask]":
    """The tasks that the actor sees, with their units and the day of the newest report."""
    units = Prefetch("units", TaskUnit.objects.select_related("organisation"))
    rows = PlanTask.objects.visible_to(actor).select_related("plan", "clause").prefetch_related(units)
    return rows.defer("plan__text", "plan__found", "clause__text").annotate(reported_on=Max("reports__on"))


def target_list(actor: Actor) -> "models.QuerySet[PlanTarget]":
    """The targets that the actor sees."""
    return PlanTarget.objects.visible_to(actor).select_related("plan", "clause", "within")


def achievement_list(actor: Actor) -> "models.QuerySet[Achievement]":
    """The achievements that the actor sees."""
    return Achievement.objects.visible_to(actor).select_related("organisation")


def snapshot_list(actor: Actor) -> "models.QuerySet[Snapshot]":
    """The snapshots that the actor sees."""
    return Snapshot.objects.visible_to(actor).select_related("plan")


def acts_on(plan: Plan) -> "models.QuerySet[Act]":
    """Every act on a plan, its targets, and the changes of these, newest first."""
    inner = [
        Act.objects.filter(subject_type=kind, subject_id__in=[str(key) for key in rows.values_list("pk", flat=True)])
        for kind, rows in (
            ("plan.plantarget", plan.targets.all()),
            ("plan.targetamendment", TargetAmendment.objects.filter(target__plan=plan)),
        )
    ]
    found = history_of(plan).order_by().values("pk").union(*(one.values("pk") for one in inner))
    return Act.objects.filter(pk__in=found).order_by("-at", "-pk")


def last_snapshot(plan: Plan) -> Snapshot | None:
    """The snapshot of the newest day; of two that speak of one day, that which was taken later."""
    return plan.snapshots.order_by("-on", "-known_at", "-pk").first()


def may_read_achievement(actor: Actor, key: str) -> bool:
    """Whoever sees the achievement reads its document."""
    return Achievement.objects.visible_to(actor).filter(pk=int(key)).exists()


def may_read_plan(actor: Actor, key: str) -> bool:
    """Whoever sees the plan reads its file."""
    return Plan.objects.visible_to(actor).filter(pk=int(key)).exists()


def may_read_assessment(actor: Actor, key: str) -> bool:
    """Whoever sees the assessment reads its report."""
    return PlanAssessment.objects.visible_to(actor).filter(pk=int(key)).exists()


def may_read_report(actor: Actor, key: str) -> bool:
    """Whoever sees the task reads the evidence of its reports."""
    return PlanTask.objects.visible_to(actor).filter(reports=int(key)).exists()


def may_read_rating(actor: Actor, key: str) -> bool:
    """Whoever sees the goal reads what its ratings rest on."""
    return PlanTarget.objects.visible_to(actor).filter(ratings=int(key)).exists()
