"""Scores of districts, consultations, joint conferences and assessments for programs. No way in for a figure."""

from ninja import Router

from hengliang.platform.plan.api_participation import assessments, conferences, consultations, scores

router = Router(tags=["plan"])
for part in (scores, consultations, conferences, assessments):
    router.add_router("", part.router)
