"""The tables of plans."""

from hengliang.platform.plan.models.achievement import Achievement, AchievementStanding
from hengliang.platform.plan.models.amendment import TargetAmendment
from hengliang.platform.plan.models.assessment import PlanAssessment, TargetOpinion, TypicalPractice
from hengliang.platform.plan.models.conference import (
    Conference,
    ConferenceMember,
    FollowUp,
    Meeting,
    Membership,
    Resolution,
)
from hengliang.platform.plan.models.consultation import Comment, Consultation, ConsultedClause
from hengliang.platform.plan.models.plan import Clause, Plan
from hengliang.platform.plan.models.scoring import Scoring, ScoringWeight
from hengliang.platform.plan.models.snapshot import Snapshot, SnapshotFigure
from hengliang.platform.plan.models.target import Comparator, GoalRating, Mode, PlanTarget
from hengliang.platform.plan.models.task import PlanTask, ProgressReport, TaskUnit

__all__ = [
    "Achievement",
    "AchievementStanding",
    "Clause",
    "Comment",
    "Comparator",
    "Conference",
    "ConferenceMember",
    "Consultation",
    "ConsultedClause",
    "FollowUp",
    "GoalRating",
    "Meeting",
    "Membership",
    "Mode",
    "Plan",
    "PlanAssessment",
    "PlanTarget",
    "PlanTask",
    "ProgressReport",
    "Resolution",
    "Scoring",
    "ScoringWeight",
    "Snapshot",
    "SnapshotFigure",
    "TargetAmendment",
    "TargetOpinion",
    "TaskUnit",
    "TypicalPractice",
]
