"""Arbitration verifications for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, Reasoned, Text, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import Arbitration, ArbitrationParty
from hengliang.platform.verification.papers.arbitration import arbitration_pdf
from hengliang.platform.verification.services import (
    Disputant,
    arbitration_appeal,
    arbitration_attend,
    arbitration_close,
    arbitration_final,
    arbitration_mediate,
    arbitration_move,
    arbitration_notify,
    arbitration_open,
    arbitration_result,
    arbitration_second,
    arbitration_withdraw,
)
from hengliang.platform.verification.states import ARBITRATION

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in ARBITRATION.states)
Paper = Annotated[str, Path(pattern="^(notice|result)$", examples=["notice"])]
Side = Annotated[ArbitrationParty.Side, words_of(ArbitrationParty.Side)]


class PartyOut(Schema):
    """A party; `present` is null until it is recorded."""

    side: Side = Field(examples=["claimant"])
    name: str = Field(examples=["量县加油站"])
    present: bool | None = Field(examples=[None])
    presence_note: str = Field(examples=[""])
    result_on: date | None = Field(examples=[None])
    second_by: date | None = Field(examples=[None])


class ArbitrationOut(Schema):
    """A dispute about an instrument that is decided by verification."""

    id: int = Field(examples=[4])
    number: str = Field(examples=["ZCAJ2026-2-0001"])
    instrument: str = Field(alias="instrument.code", examples=["HL0000123"])
    task_id: int = Field(examples=[71])
    dispute: str = Field(examples=["对加油量有争议"])
    asked_on: date = Field(examples=["2026-03-02"])
    notice_by: date = Field(examples=["2026-03-09"])
    provisional: bool = Field(examples=[False])
    notified_on: date | None = Field(examples=[None])
    meets_on: date = Field(examples=["2026-03-16"])
    place: str = Field(examples=["量县加油站"])
    first_id: int | None = Field(examples=[None], description="The first, of a second arbitration")
    appealed_on: date | None = Field(examples=[None])
    appealed_side: str = Field(examples=[""])
    state: str = Field(examples=["opened"])
    parties: list[PartyOut]


class DisputantIn(Schema):
    """A party: an organisation of the platform, or a name."""

    organisation_id: Key | None = None
    name: Line = Field("", examples=["张三"])


class DisputeIn(Schema):
    """A dispute, its parties, and who decides it when and where."""

    instrument: Line = Field(examples=["HL0000123"])
    body_id: Key
    claimant: DisputantIn
    respondent: DisputantIn
    dispute: Text = Field(examples=["对加油量有争议"])
    meets_on: Day
    place: Line = Field(examples=["量县加油站"])


class NoticeIn(Schema):
    """When both parties were notified; left out, today."""

    on: Day | None = None


class ArbitrationMoveIn(Schema):
    """Another day; the place left out stays."""

    meets_on: Day
    place: Line = Field("", examples=["量县加油站"])
    reason: Line = Field(examples=["被申请人书面请求延期"])


class MediationIn(Schema):
    """What both parties agreed, when, and who signed for each."""

    agreement: Text = Field(examples=["被申请人退还多收的 320 元，三日内付清。"])
    on: Day | None = None
    claimant: Line = Field(max_length=200, examples=["张三"])
    respondent: Line = Field(max_length=200, examples=["李四（加油站站长）"])


class PresenceIn(Schema):
    """Whether a party came, and who, or why nobody did."""

    side: Side
    present: bool
    note: Line = Field(max_length=200, examples=["法定代表人到场"])


class ArbitrationResultIn(Schema):
    """The day on which each party received the notice of the result."""

    claimant: Day
    respondent: Day


class AppealIn(Schema):
    """A party does not accept the result; the day left out is today."""

    side: Side
    grounds: Text = Field(examples=["检定时未使用现场电源"])
    on: Day | None = None


class SecondIn(Schema):
    """Who decides the second arbitration, when and where."""

    body_id: Key
    meets_on: Day
    place: Line = Field(examples=["省计量院"])


class ArbitrationFilter(Schema):
    """Which disputes."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["opened"])


@router.get("", response=Listed[ArbitrationOut], summary="Arbitration verifications")
def arbitrations(request: Request, asked: Query[ArbitrationFilter], part: Part) -> dict[str, Any]:
    """The disputes that one decides on, works on or is a party of."""
    rows = _seen(request)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.post("", response={201: ArbitrationOut}, summary="Open an arbitration verification")
def open_dispute(request: Request, told: DisputeIn) -> Status[Arbitration]:
    """Open one: the body is appointed, the instrument preserved, the term of the notice runs."""
    seen = InstrumentState.objects.on(request.actor.today).visible_to(request.actor)
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    made = arbitration_open(
        actor=request.actor,
        instrument=get_object_or_404(Instrument, code=told.instrument, pk__in=seen.values("instrument")),
        body=get_object_or_404(bodies, pk=told.body_id),
        claimant=_disputant(request, told.claimant),
        respondent=_disputant(request, told.respondent),
        **told.dict(include={"dispute", "meets_on", "place"}),
    )
    return Status(201, made)


@router.get("/{int:pk}", response=ArbitrationOut, summary="One arbitration verification")
def arbitration(request: Request, pk: Key) -> Arbitration:
    """One dispute with its parties."""
    return _visible(request, pk)


@router.post("/{int:pk}/notice", response=ArbitrationOut, summary="Record the notice")
def notice(request: Request, pk: Key, told: NoticeIn) -> Arbitration:
    """Both parties were notified."""
    arbitration_notify(actor=request.actor, arbitration=_visible(request, pk), on=told.on)
    return _visible(request, pk)


@router.post("/{int:pk}/day", response=ArbitrationOut, summary="Move the day of the verification")
def move_day(request: Request, pk: Key, told: ArbitrationMoveIn) -> Arbitration:
    """Both parties are notified anew, within the term of the notice."""
    case = _visible(request, pk)
    arbitration_move(
        actor=request.actor,
        arbitration=case,
        meets_on=told.meets_on,
        place=told.place or case.place,
        reason=told.reason,
    )
    return _visible(request, pk)


@router.post("/{int:pk}/agreement", response=ArbitrationOut, summary="Record the agreement of a mediation")
def agree(request: Request, pk: Key, told: MediationIn) -> Arbitration:
    """Both parties agreed before anything was measured: the dispute ends without a verdict."""
    arbitration_mediate(
        actor=request.actor, arbitration=_visible(request, pk), agreement=told.agreement,
        on=told.on or request.actor.today, signed={"claimant": told.claimant, "respondent": told.respondent},
    )  # fmt: skip
    return _visible(request, pk)


@router.post("/{int:pk}/presence", response=ArbitrationOut, summary="Record presence")
def presence(request: Request, pk: Key, told: PresenceIn) -> Arbitration:
    """Whether a party came."""
    parties = ArbitrationParty.objects.select_related("arbitration__task")
    party = get_object_or_404(parties, arbitration=_visible(request, pk), side=told.side)
    arbitration_attend(actor=request.actor, party=party, present=told.present, note=told.note)
    return _visible(request, pk)


@router.post("/{int:pk}/withdraw", response=ArbitrationOut, summary="Withdraw")
def withdraw_dispute(request: Request, pk: Key, told: Reasoned) -> Arbitration:
    """End it without a decision; the instrument is released."""
    arbitration_withdraw(actor=request.actor, arbitration=_visible(request, pk), reason=told.reason)
    return _visible(request, pk)


@router.post("/{int:pk}/result", response=ArbitrationOut, summary="Record the result as told")
def told_result(request: Request, pk: Key, told: ArbitrationResultIn) -> Arbitration:
    """Both parties received the result: of a first the term of the second runs, a second is final."""
    case = _visible(request, pk)
    act = arbitration_final if case.is_second else arbitration_result
    act(actor=request.actor, arbitration=case, received=told.dict())
    return _visible(request, pk)


@router.post("/{int:pk}/appeal", response=ArbitrationOut, summary="Apply for the second arbitration")
def appeal(request: Request, pk: Key, told: AppealIn) -> Arbitration:
    """A party, or for it the authority one level up, applies within the party's term."""
    parties = ArbitrationParty.objects.select_related("arbitration")
    party = get_object_or_404(parties, arbitration=_visible(request, pk), side=told.side)
    arbitration_appeal(actor=request.actor, party=party, grounds=told.grounds, on=told.on)
    return _visible(request, pk)


@router.post("/{int:pk}/second", response={201: ArbitrationOut}, summary="Open the second arbitration")
def open_second(request: Request, pk: Key, told: SecondIn) -> Status[Arbitration]:
    """The authority one level up appoints another body; its result is final."""
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    made = arbitration_second(
        actor=request.actor, first=_visible(request, pk), body=get_object_or_404(bodies, pk=told.body_id),
        meets_on=told.meets_on, place=told.place,
    )  # fmt: skip
    return Status(201, made)


@router.post("/{int:pk}/close", response=ArbitrationOut, summary="Close as final")
def close(request: Request, pk: Key) -> Arbitration:
    """Nobody applied for a second within the term; the instrument is released."""
    arbitration_close(actor=request.actor, arbitration=_visible(request, pk))
    return _visible(request, pk)


@router.get("/{int:pk}/papers/{paper}", summary="A paper for the parties (PDF)")
def paper(request: Request, pk: Key, paper: Paper) -> HttpResponse:
    """The notice, or the result, on A4."""
    return HttpResponse(arbitration_pdf(_visible(request, pk), paper), content_type="application/pdf")


def _disputant(request: Request, told: DisputantIn) -> Disputant:
    if told.organisation_id is None:
        return Disputant(told.name)
    return Disputant("", get_object_or_404(Organisation.objects.visible_to(request.actor), pk=told.organisation_id))


def _seen(request: Request) -> Any:
    rows = Arbitration.objects.visible_to(request.actor)
    return rows.select_related("instrument", "task__body", "first").prefetch_related("parties")


def _visible(request: Request, pk: int) -> Arbitration:
    return get_object_or_404(_seen(request), pk=pk)  # type: ignore[no-any-return]
