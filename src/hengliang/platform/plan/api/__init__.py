"""Plans, targets, tasks, figures, achievements and assessments for programs. There is no way in for a figure."""

from ninja import Router

from hengliang.platform.plan.api import (
    achievements,
    amendments,
    assessments,
    commissions,
    conferences,
    consultations,
    evidence,
    figures,
    plans,
    scores,
    scorings,
    snapshots,
    targets,
    tasks,
)

router = Router(tags=["plan"])
for part in (
    figures, plans, targets, amendments, tasks, evidence, snapshots, achievements, scores, scorings, consultations,
    conferences, assessments, commissions,
):  # fmt: skip
    router.add_router("", part.router)

__all__ = ["router"]
