"""The tables of plans."""

from hengliang.platform.plan.models.achievement import Achievement, AchievementStanding
from hengliang.platform.plan.models.plan import Clause, Plan
from hengliang.platform.plan.models.snapshot import Snapshot, SnapshotFigure
from hengliang.platform.plan.models.target import Comparator, GoalRating, Mode, PlanTarget
from hengliang.platform.plan.models.task import PlanTask, ProgressReport, TaskUnit

__all__ = [
    "Achievement",
    "AchievementStanding",
    "Clause",
    "Comparator",
    "GoalRating",
    "Mode",
    "Plan",
    "PlanTarget",
    "PlanTask",
    "ProgressReport",
    "Snapshot",
    "SnapshotFigure",
    "TaskUnit",
]
