"""Offers of transfer for programs: made, read, answered, withdrawn."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema, Status

from hengliang.platform.core.interface import Key, Listed, Part, Reason, column, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry import services
from hengliang.platform.registry.api.mounting import router
from hengliang.platform.registry.api.questions import Code
from hengliang.platform.registry.models import TransferOffer
from hengliang.platform.registry.selectors.find import instrument_visible
from hengliang.platform.registry.selectors.transfers import transfer_list
from hengliang.platform.registry.states import ACCEPTED, DECLINED, OFFERED, WITHDRAWN


class TransferOfferOut(Schema):
    """An offer: what, by whom, to whom, and how it stands."""

    id: int = Field(examples=[7])
    instrument: str = Field(alias="instrument.code", examples=["23456789AX"])
    name: str = Field(alias="instrument.name", examples=["电子计价秤"])
    giver_id: int = Field(examples=[12])
    giver: str = Field(alias="giver.name", examples=["量县加油站"])
    receiver_id: int = Field(examples=[14])
    receiver: str = Field(alias="receiver.name", examples=["量县第二加油站"])
    offered_on: date = Field(examples=["2026-03-01"])
    state: str = Field(examples=["offered"])
    reason: str = Field(alias="act.reason", examples=["门店转让"])


class TransferOfferIn(Schema):
    """To whom it is offered, by credit code, and why."""

    receiver: Annotated[str, column(Organisation, "credit_code", least=1)] = Field(examples=["91340000MA2W000003"])
    reason: Reason


class TransferAnswerIn(Schema):
    """Why it is declined or withdrawn."""

    reason: Reason


class TransferFilter(Schema):
    """Which offers."""

    state: str = Field("", pattern=f"^({OFFERED}|{ACCEPTED}|{DECLINED}|{WITHDRAWN})?$", examples=["offered"])


@router.get("/transfers", response=Listed[TransferOfferOut], summary="Offers of transfer")
def transfers(request: Request, asked: Query[TransferFilter], part: Part) -> dict[str, Any]:
    """The offers that one made or got, or that were made in one's regions, newest first."""
    rows = transfer_list(request.actor)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.post("/instruments/{code}/transfers", response={201: TransferOfferOut}, summary="Offer to another user")
def offer_transfer(request: Request, code: Code, told: TransferOfferIn) -> Status[TransferOffer]:
    """The other side is told; until it accepts, the ledger stays as it is."""
    found = instrument_visible(request.actor, code)
    if found is None:
        raise Http404
    receiver = get_object_or_404(Organisation, credit_code=told.receiver)
    made = services.transfer_offer(
        actor=request.actor, instrument=found.instrument, receiver=receiver, reason=told.reason
    )
    return Status(201, made)


@router.get("/transfers/{pk}", response=TransferOfferOut, summary="One offer of transfer")
def transfer_offered(request: Request, pk: Key) -> TransferOffer:
    """One offer, as it stands."""
    return _visible(request, pk)


@router.post("/transfers/{pk}/accept", response=TransferOfferOut, summary="Take over what is offered")
def accept_transfer(request: Request, pk: Key) -> TransferOffer:
    """It is the receiver's from today."""
    shown = _visible(request, pk)
    services.transfer_accept(actor=request.actor, offer=shown)
    return shown


@router.post("/transfers/{pk}/decline", response=TransferOfferOut, summary="Decline what is offered")
def decline_transfer(request: Request, pk: Key, told: TransferAnswerIn) -> TransferOffer:
    """It stays the giver's, who is told why."""
    shown = _visible(request, pk)
    services.transfer_decline(actor=request.actor, offer=shown, reason=told.reason)
    return shown


@router.post("/transfers/{pk}/withdraw", response=TransferOfferOut, summary="Withdraw an offer of transfer")
def withdraw_transfer(request: Request, pk: Key, told: TransferAnswerIn) -> TransferOffer:
    """By the giver or the authority of the region, before it is answered."""
    shown = _visible(request, pk)
    services.transfer_withdraw(actor=request.actor, offer=shown, reason=told.reason)
    return shown


def _visible(request: Request, pk: int) -> TransferOffer:
    return get_object_or_404(transfer_list(request.actor), pk=pk)
