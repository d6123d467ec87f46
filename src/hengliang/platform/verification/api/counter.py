"""The counter for programs: what is handed in and out."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from hengliang.platform.core.interface import Key, Line, Listed, Optional, Part, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Person
from hengliang.platform.verification.at_counter import Brought, taken_in
from hengliang.platform.verification.models import Deposit, DepositPiece, HandBack
from hengliang.platform.verification.services import (
    handover_bring,
    handover_return,
    handover_take,
)

router = Router(tags=["verification"])


class PieceOut(Schema):
    """One instrument of a deposit: where it is, who has it."""

    id: int = Field(examples=[41])
    task_id: int = Field(examples=[71])
    instrument: str = Field(alias="task.instrument.code", examples=["HL0000123"])
    condition: str = Field(examples=["外观完好"])
    accessories: str = Field(examples=["电源线"])
    holder_id: int | None = Field(examples=[21])
    hand_back_id: int | None = Field(examples=[None])
    state: str = Field(examples=["counter"])


class DepositOut(Schema):
    """What was handed in at one time; its paper is the receipt slip."""

    id: int = Field(examples=[9])
    number: str = Field(examples=["SL2026-2-000001"])
    body_id: int = Field(examples=[2])
    owner_id: int = Field(examples=[12])
    brought_by: str = Field(examples=["王送检"])
    brought_on: date = Field(examples=["2026-03-02"])
    promised_on: date = Field(examples=["2026-03-30"])
    pieces: list[PieceOut]

    @staticmethod
    def resolve_pieces(shown: Deposit) -> list[DepositPiece]:
        """The pieces with their instruments."""
        return list(shown.pieces.select_related("task__instrument").order_by("pk"))


class HandBackOut(Schema):
    """Pieces handed back; its paper is the hand-over slip."""

    id: int = Field(examples=[5])
    number: str = Field(examples=["LQ2026-2-000001"])
    deposit_id: int = Field(examples=[9])
    collected_by: str = Field(examples=["李领取"])
    handed_on: date = Field(examples=["2026-03-09"])


class BroughtIn(Schema):
    """One instrument as it comes, by its code."""

    code: Line = Field(examples=["HL0000123"])
    condition: Line = Field(examples=["外观完好"])
    accessories: Optional = Field("", examples=["电源线"])


class DepositIn(Schema):
    """Instruments of one owner that somebody brings; one without an application gets one."""

    pieces: list[BroughtIn] = Field(min_length=1, max_length=200)
    brought_by: Line = Field(examples=["王送检"])
    phone: Optional = Field("", examples=[""])
    note: Optional = Field("", examples=[""])


class PiecesIn(Schema):
    """Which pieces of the deposit."""

    piece_ids: list[Key] = Field(min_length=1, max_length=200, examples=[[41]])


class TakenIn(PiecesIn):
    """Which pieces, and who takes them; oneself unless named."""

    holder_id: Key | None = None


class CollectedIn(PiecesIn):
    """Which pieces, and who came for them."""

    collected_by: Line = Field(examples=["李领取"])
    note: Optional = Field("", examples=[""])


@router.get("/deposits", response=Listed[DepositOut], summary="Deposits")
def deposits(request: Request, part: Part) -> dict[str, Any]:
    """What was handed in, newest first."""
    return listed(Deposit.objects.visible_to(request.actor), part)


@router.post("/deposits", response={201: DepositOut}, summary="Hand in")
def hand_in(request: Request, told: DepositIn) -> Status[Deposit]:
    """Take instruments in at one's counter."""
    brought = [Brought(piece.code, piece.condition, piece.accessories) for piece in told.pieces]
    made = taken_in(request.actor, brought, **told.dict(include={"brought_by", "phone", "note"}))
    return Status(201, made)


@router.get("/deposits/{int:pk}", response=DepositOut, summary="One deposit")
def deposit(request: Request, pk: Key) -> Deposit:
    """One deposit with its pieces."""
    return _visible(request, pk)


@router.post("/deposits/{int:pk}/take", response=DepositOut, summary="To the laboratory")
def take(request: Request, pk: Key, told: TakenIn) -> Deposit:
    """Pieces go to the laboratory."""
    shown = _visible(request, pk)
    people = Person.objects.filter(organisation=shown.body)
    holder = get_object_or_404(people, pk=told.holder_id) if told.holder_id else None
    handover_take(actor=request.actor, deposit=shown, pieces=_pieces(shown, told), holder=holder)
    return shown


@router.post("/deposits/{int:pk}/bring", response=DepositOut, summary="Back to the counter")
def bring(request: Request, pk: Key, told: PiecesIn) -> Deposit:
    """Pieces come back to the counter."""
    shown = _visible(request, pk)
    handover_bring(actor=request.actor, deposit=shown, pieces=_pieces(shown, told))
    return shown


@router.post("/deposits/{int:pk}/return", response={201: HandBackOut}, summary="Hand back")
def hand_back(request: Request, pk: Key, told: CollectedIn) -> Status[HandBack]:
    """Pieces are handed back to whoever came for them."""
    shown = _visible(request, pk)
    made = handover_return(
        actor=request.actor, deposit=shown, pieces=_pieces(shown, told), collected_by=told.collected_by, note=told.note
    )
    return Status(201, made)


def _visible(request: Request, pk: int) -> Deposit:
    return get_object_or_404(Deposit.objects.visible_to(request.actor).select_related("body"), pk=pk)


def _pieces(shown: Deposit, told: PiecesIn) -> list[DepositPiece]:
    rows = shown.pieces.select_related("task__instrument")
    return [get_object_or_404(rows, pk=key) for key in dict.fromkeys(told.piece_ids)]
