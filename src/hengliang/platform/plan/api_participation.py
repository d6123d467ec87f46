"""Consultations, joint conferences, assessments and scores of districts for programs. No way in for a figure."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from hengliang.platform.core.interface import Day, Key, Listed, Part, Reasoned, Text, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.models import (
    Comment,
    Conference,
    Consultation,
    FollowUp,
    GoalRating,
    Membership,
    Plan,
    PlanAssessment,
    PlanTarget,
    Resolution,
)
from hengliang.platform.plan.selectors.assessments import assessed
from hengliang.platform.plan.selectors.scoring import scores_of, scoring_of

router = Router(tags=["plan"])
Long = Annotated[str, Field(min_length=1, max_length=20000, pattern=r"\S")]
Grade = Annotated[str, words_of(GoalRating.Grade)]


class ConsultationOut(Schema):
    """A draft that stood open to everybody."""

    id: int = Field(examples=[1])
    region_id: int = Field(examples=[2])
    title: str = Field(examples=["衡城市计量发展规划(征求意见稿)"])
    opens_on: date = Field(examples=["2026-01-10"])
    closes_on: date = Field(examples=["2026-02-10"])
    short_because: str = Field(examples=[""])
    summary: str = Field(examples=[""])
    state: str = Field(examples=["open"])


class CommentOut(Schema):
    """A comment as it was shown; what was said and by whom is for the page alone."""

    id: int = Field(examples=[1])
    clause_id: int | None = Field(examples=[None])
    at: datetime = Field(examples=["2026-01-12T08:00:00+08:00"])
    personal: bool = Field(examples=[False])
    shown_text: str = Field(examples=["建议增加充电桩检定能力。"])
    answer: str = Field(examples=["已采纳。"])
    accepted: bool | None = Field(examples=[True])
    state: str = Field(examples=["answered"])


class PublishIn(Schema):
    """What everybody may read of it."""

    shown_text: Long


class AnswerIn(Schema):
    """What became of it."""

    answer: Long
    accepted: bool


class ConferenceOut(Schema):
    """A joint conference."""

    id: int = Field(examples=[1])
    region_id: int = Field(examples=[2])
    title: str = Field(examples=["衡城市计量工作联席会议"])
    basis: str = Field(examples=["衡政办〔2025〕1号"])


class MemberOut(Schema):
    """A unit and the days on which it belongs, the last excluded."""

    name: str = Field(examples=["市财政局"])
    part: str = Field(examples=["member"])
    valid_from: date = Field(examples=["2025-01-01"])
    valid_to: date | None = Field(examples=[None])


class ResolutionOut(Schema):
    """What a meeting resolved; `shown_state` says overdue where it is."""

    id: int = Field(examples=[1])
    meeting: str = Field(examples=["第一次会议"])
    text: str = Field(examples=["落实计量经费"])
    unit: str = Field(examples=["市财政局"])
    due_on: date | None = Field(examples=["2026-06-30"])
    state: str = Field(examples=["open"])
    shown_state: str = Field(examples=["overdue"])


class ConferenceDetail(ConferenceOut):
    """With members of a day and every resolution."""

    members: list[MemberOut]
    resolutions: list[ResolutionOut]


class FollowUpIn(Schema):
    """What was done, on which day."""

    on: Day
    says: Long


class FollowUpOut(Schema):
    """What a unit said about a resolution."""

    id: int = Field(examples=[1])
    on: date = Field(examples=["2026-03-02"])
    says: str = Field(examples=["经费已到位"])


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


class PartOut(Schema):
    """What one target gives a district; `points` is null where there is no figure."""

    target_id: int = Field(examples=[1])
    metric: str = Field(examples=["受检率"])
    weight: Decimal = Field(examples=["40.00"])
    demanded: Decimal = Field(examples=["98.0000"])
    value: Decimal | None = Field(examples=["97.10"])
    points: Decimal | None = Field(examples=["39.63"])


class ScoreOut(Schema):
    """A district: its score out of 100 over the weights that could be counted (`of`)."""

    region_id: int = Field(examples=[3])
    name: str = Field(examples=["量县"])
    score: Decimal | None = Field(examples=["93.20"])
    of: Decimal = Field(examples=["100.00"])
    parts: list[PartOut]


class Moment(Schema):
    """A day (default: today) and the moment of knowledge (default: now)."""

    on: Day | None = None
    known_at: datetime | None = Field(None, examples=[None])


@router.get("/plans/{pk}/scores", response=list[ScoreOut])
def district_scores(request: Request, pk: Key, asked: Query[Moment]) -> list[dict[str, Any]]:
    """The districts by the weights in force; empty where none are."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    scoring = scoring_of(plan, asked.known_at)
    if scoring is None:
        return []
    return [
        {
            "region_id": one.region_id, "name": one.name, "score": one.score, "of": one.of,
            "parts": [
                {"target_id": part.weight.target_id, "metric": part.weight.target.metric, "weight": part.weight.weight,
                 "demanded": part.demanded, "value": part.figure.value if part.figure else None,
                 "points": part.points}
                for part in one.parts
            ],
        }
        for one in scores_of(scoring, asked.on or request.actor.today, asked.known_at)
    ]  # fmt: skip


@router.get("/consultations", response=Listed[ConsultationOut])
def consultation_list(request: Request, part: Part) -> dict[str, Any]:
    """The drafts of one's regions."""
    return listed(Consultation.objects.visible_to(request.actor), part)


@router.get("/consultations/{pk}/comments", response=Listed[CommentOut])
def comment_list(request: Request, pk: Key, part: Part) -> dict[str, Any]:
    """The comments on a draft, those not yet read among them."""
    shown = get_object_or_404(Consultation.objects.visible_to(request.actor), pk=pk)
    return listed(shown.comments.all(), part)


def _comment(request: Request, pk: int) -> Comment:
    return get_object_or_404(Comment.objects.visible_to(request.actor).select_related("consultation"), pk=pk)


@router.post("/comments/{pk}/publish", response=CommentOut)
def comment_publish(request: Request, pk: Key, given: PublishIn) -> Comment:
    """Show a comment, without what is personal."""
    return services.comment_publish(actor=request.actor, comment=_comment(request, pk), shown_text=given.shown_text)


@router.post("/comments/{pk}/withhold", response=CommentOut)
def comment_withhold(request: Request, pk: Key, given: Reasoned) -> Comment:
    """Not show a comment."""
    return services.comment_withhold(actor=request.actor, comment=_comment(request, pk), reason=given.reason)


@router.post("/comments/{pk}/answer", response=CommentOut)
def comment_answer(request: Request, pk: Key, given: AnswerIn) -> Comment:
    """Say what became of a comment."""
    return services.comment_answer(
        actor=request.actor, comment=_comment(request, pk), answer=given.answer, accepted=given.accepted
    )


@router.get("/conferences", response=Listed[ConferenceOut])
def conference_list(request: Request, part: Part) -> dict[str, Any]:
    """The conferences of one's regions, and those that one's organisation belongs to."""
    return listed(Conference.objects.visible_to(request.actor), part)


@router.get("/conferences/{pk}", response=ConferenceDetail)
def conference(request: Request, pk: Key, asked: Query[Moment]) -> dict[str, Any]:
    """One conference: its members on a day, and what became of what it resolved."""
    shown = get_object_or_404(Conference.objects.visible_to(request.actor), pk=pk)
    on = asked.on or request.actor.today
    members = Membership.objects.on(on, asked.known_at).filter(member__conference=shown).select_related("member")
    rows = Resolution.objects.filter(meeting__conference=shown).select_related("meeting").order_by("-meeting__on", "pk")
    return {
        "id": shown.pk, "region_id": shown.region_id, "title": shown.title, "basis": shown.basis,
        "members": [{"name": one.member.name, "part": one.part, "valid_from": one.valid_from,
                     "valid_to": one.valid_to} for one in members.order_by("pk")],
        "resolutions": [
            {"id": one.pk, "meeting": one.meeting.title, "text": one.text, "unit": one.unit, "due_on": one.due_on,
             "state": one.state, "shown_state": one.shown_state(on)}
            for one in rows
        ],
    }  # fmt: skip


def _resolution(request: Request, pk: int) -> Resolution:
    seen = Conference.objects.visible_to(request.actor)
    rows = Resolution.objects.filter(meeting__conference__in=seen).select_related("meeting__conference")
    return get_object_or_404(rows, pk=pk)


@router.post("/resolutions/{pk}/follow-ups", response=FollowUpOut)
def follow_up(request: Request, pk: Key, given: FollowUpIn) -> FollowUp:
    """The unit that answers says what it did."""
    return services.follow_up(actor=request.actor, resolution=_resolution(request, pk), on=given.on, says=given.says)


@router.post("/resolutions/{pk}/close", response={204: None})
def resolution_close(request: Request, pk: Key, given: Reasoned) -> None:
    """A resolution is done."""
    services.resolution_close(actor=request.actor, resolution=_resolution(request, pk), reason=given.reason)


@router.get("/assessments", response=Listed[AssessmentOut])
def assessment_list(request: Request, part: Part) -> dict[str, Any]:
    """The assessments that one sees."""
    return listed(PlanAssessment.objects.visible_to(request.actor), part)


def _assessment(request: Request, pk: int) -> PlanAssessment:
    rows = PlanAssessment.objects.visible_to(request.actor).select_related("plan", "snapshot")
    return get_object_or_404(rows, pk=pk)


@router.get("/assessments/{pk}", response=AssessmentDetail)
def assessment(request: Request, pk: Key) -> dict[str, Any]:
    """One assessment with every frozen figure and the newest opinion on it."""
    shown = _assessment(request, pk)
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
    shown = _assessment(request, pk)
    about = get_object_or_404(PlanTarget, pk=target, plan_id=shown.plan_id)
    services.target_opine(actor=request.actor, assessment=shown, target=about, grade=given.grade, opinion=given.opinion)


@router.post("/assessments/{pk}/submit", response=AssessmentOut)
def assessment_submit(request: Request, pk: Key, given: SubmitIn) -> PlanAssessment:
    """The assessor hands in."""
    return services.assessment_submit(
        actor=request.actor, assessment=_assessment(request, pk), conclusion=given.conclusion, advice=given.advice
    )
