"""Arbitration verifications for programs."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status

from hengliang.platform.core.interface import Key, Listed, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.api.arbitration_shapes import (
    AppealIn,
    ArbitrationMoveIn,
    ArbitrationOut,
    ArbitrationResultIn,
    DisputantIn,
    DisputeIn,
    NoticeIn,
    PresenceIn,
    SecondIn,
)
from hengliang.platform.verification.models import Arbitration, ArbitrationParty
from hengliang.platform.verification.papers.arbitration import arbitration_pdf
from hengliang.platform.verification.services import (
    Disputant,
    arbitration_appeal,
    arbitration_attend,
    arbitration_close,
    arbitration_final,
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
Paper = Annotated[str, Path(pattern="^(application|commission|notice|result|mediation)$", examples=["notice"])]


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
        **told.dict(include={"dispute", "meets_on", "place", "demand", "evidence", "commissioned_by"}),
    )
    return Status(201, made)


@router.get("/{int:pk}", response=ArbitrationOut, summary="One arbitration verification")
def arbitration(request: Request, pk: Key) -> Arbitration:
    """One dispute with its parties."""
    return visible(request, pk)


@router.post("/{int:pk}/notice", response=ArbitrationOut, summary="Record the notice")
def notice(request: Request, pk: Key, told: NoticeIn) -> Arbitration:
    """Both parties were notified."""
    arbitration_notify(actor=request.actor, arbitration=visible(request, pk), on=told.on)
    return visible(request, pk)


@router.post("/{int:pk}/day", response=ArbitrationOut, summary="Move the day of the verification")
def move_day(request: Request, pk: Key, told: ArbitrationMoveIn) -> Arbitration:
    """Both parties are notified anew, within the term of the notice."""
    case = visible(request, pk)
    arbitration_move(
        actor=request.actor,
        arbitration=case,
        meets_on=told.meets_on,
        place=told.place or case.place,
        reason=told.reason,
    )
    return visible(request, pk)


@router.post("/{int:pk}/presence", response=ArbitrationOut, summary="Record presence")
def presence(request: Request, pk: Key, told: PresenceIn) -> Arbitration:
    """Whether a party came."""
    parties = ArbitrationParty.objects.select_related("arbitration__task")
    party = get_object_or_404(parties, arbitration=visible(request, pk), side=told.side)
    arbitration_attend(actor=request.actor, party=party, present=told.present, note=told.note)
    return visible(request, pk)


@router.post("/{int:pk}/withdraw", response=ArbitrationOut, summary="Withdraw")
def withdraw_dispute(request: Request, pk: Key, told: Reasoned) -> Arbitration:
    """End it without a decision; the instrument is released."""
    arbitration_withdraw(actor=request.actor, arbitration=visible(request, pk), reason=told.reason)
    return visible(request, pk)


@router.post("/{int:pk}/result", response=ArbitrationOut, summary="Record the result as told")
def told_result(request: Request, pk: Key, told: ArbitrationResultIn) -> Arbitration:
    """Both parties received the result: of a first the term of the second runs, a second is final."""
    case = visible(request, pk)
    act = arbitration_final if case.is_second else arbitration_result
    act(actor=request.actor, arbitration=case, received=told.dict())
    return visible(request, pk)


@router.post("/{int:pk}/appeal", response=ArbitrationOut, summary="Apply for the second arbitration")
def appeal(request: Request, pk: Key, told: AppealIn) -> Arbitration:
    """A party, or for it the authority one level up, applies within the party's term."""
    parties = ArbitrationParty.objects.select_related("arbitration")
    party = get_object_or_404(parties, arbitration=visible(request, pk), side=told.side)
    arbitration_appeal(actor=request.actor, party=party, grounds=told.grounds, on=told.on)
    return visible(request, pk)


@router.post("/{int:pk}/second", response={201: ArbitrationOut}, summary="Open the second arbitration")
def open_second(request: Request, pk: Key, told: SecondIn) -> Status[Arbitration]:
    """The authority one level up appoints another body; its result is final."""
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    made = arbitration_second(
        actor=request.actor, first=visible(request, pk), body=get_object_or_404(bodies, pk=told.body_id),
        meets_on=told.meets_on, place=told.place,
    )  # fmt: skip
    return Status(201, made)


@router.post("/{int:pk}/close", response=ArbitrationOut, summary="Close as final")
def close(request: Request, pk: Key) -> Arbitration:
    """Nobody applied for a second within the term; the instrument is released."""
    arbitration_close(actor=request.actor, arbitration=visible(request, pk))
    return visible(request, pk)


@router.get("/{int:pk}/papers/{paper}", summary="A paper for the parties (PDF)")
def paper(request: Request, pk: Key, paper: Paper) -> HttpResponse:
    """The notice, or the result, on A4."""
    return HttpResponse(arbitration_pdf(visible(request, pk), paper), content_type="application/pdf")


def _disputant(request: Request, told: DisputantIn) -> Disputant:
    if told.organisation_id is None:
        return Disputant(told.name, None, told.address, told.representative)
    found = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=told.organisation_id)
    return Disputant("", found, told.address, told.representative)


def _seen(request: Request) -> QuerySet[Arbitration]:
    rows = Arbitration.objects.visible_to(request.actor)
    return rows.select_related("instrument", "task__body", "first").prefetch_related("parties", "mediations")


def visible(request: Request, pk: int) -> Arbitration:
    """An arbitration that the actor may see, or nothing is there."""
    return get_object_or_404(_seen(request), pk=pk)
