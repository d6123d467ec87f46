"""Public consultations for programs: drafts, what was shown of a comment, the answer to it."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from hengliang.platform.core.interface import Key, Listed, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.words import Long
from hengliang.platform.plan.models import Comment, Consultation

router = Router(tags=["plan"])


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
