"""Joint conferences for programs: members of a day, resolutions, what was done about them."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from hengliang.platform.core.interface import Day, Key, Listed, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.words import Long, Moment
from hengliang.platform.plan.models import Conference, FollowUp, Membership, Resolution

router = Router(tags=["plan"])


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
