"""Assessments by a third party for programs. The figures are those of the snapshot; no way in for one."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from hengliang.platform.core.interface import Key, Listed, Part, Text, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.words import Long
from hengliang.platform.plan.models import GoalRating, PlanAssessment, PlanTarget
from hengliang.platform.plan.selectors.assessments import assessed

router = Router(tags=["plan"])
Grade = Annotated[str, words_of(GoalRating.Grade)]


class AssessmentOut(Schema):
    """An assessment of a plan by a third party on a snapshot."""

    id: int = Field(examples=[1])
    plan_id: int = Field(examples=[1])
    snapshot_id: int = Field(examples=[1])
    kind: str = Field(examples=["mid_term"])
    assessor_id: int = Field(examples=[7])
    due_on: date | None = Field(examples=["2026-12-31"])
    conclusion: str = Field(examples=[""])
    advice: str = Field(examples=[""])
    state: str = Field(examples=["in_work"])


class OpinionOut(Schema):
    """A frozen figure with the newest opinion on it."""

    target_id: int = Field(examples=[1])
    metric: str = Field(examples=["受检率"])
    value: Decimal | None = Field(examples=["98.0000"])
    status: str = Field(examples=["reached"])
    grade: str | None = Field(examples=["largely"])
    opinion: str | None = Field(examples=["…"])


class AssessmentDetail(AssessmentOut):
    """With every figure and opinion."""

    opinions: list[OpinionOut]


class OpinionIn(Schema):
    """What the assessor says of one target. The figure is the snapshot's."""

    grade: Grade
    opinion: Long


class SubmitIn(Schema):
    """The conclusion, and what is advised."""

    conclusion: Long
    advice: Text = ""


@router.get("/assessments", response=Listed[AssessmentOut])
def assessment_list(request: Request, part: Part) -> dict[str, Any]:
    """The assessments that one sees."""
    return listed(PlanAssessment.objects.visible_to(request.actor), part)


def assessment_seen(request: Request, pk: int) -> PlanAssessment:
    """An assessment that the actor sees."""
    rows = PlanAssessment.objects.visible_to(request.actor).select_related("plan", "snapshot", "assessor")
    return get_object_or_404(rows, pk=pk)


@router.get("/assessments/{pk}", response=AssessmentDetail)
def assessment(request: Request, pk: Key) -> dict[str, Any]:
    """One assessment with every frozen figure and the newest opinion on it."""
    shown = assessment_seen(request, pk)
    told = {name: getattr(shown, name) for name in AssessmentOut.model_fields}
    return told | {
        "opinions": [
            {"target_id": one.figure.target_id, "metric": one.figure.demand["metric"], "value": one.figure.value,
             "status": one.figure.status, "grade": one.opinion.grade if one.opinion else None,
             "opinion": one.opinion.opinion if one.opinion else None}
            for one in assessed(shown)
        ]
    }  # fmt: skip


@router.post("/assessments/{pk}/targets/{target}/opinion", response={204: None})
def target_opine(request: Request, pk: Key, target: Key, given: OpinionIn) -> None:
    """The assessor says something of one target."""
    shown = assessment_seen(request, pk)
    about = get_object_or_404(PlanTarget, pk=target, plan_id=shown.plan_id)
    services.target_opine(actor=request.actor, assessment=shown, target=about, grade=given.grade, opinion=given.opinion)


@router.post("/assessments/{pk}/submit", response=AssessmentOut)
def assessment_submit(request: Request, pk: Key, given: SubmitIn) -> PlanAssessment:
    """The assessor hands in."""
    return services.assessment_submit(
        actor=request.actor, assessment=assessment_seen(request, pk), conclusion=given.conclusion, advice=given.advice
    )
