"""Rounds for programs: how they stand, the package, and the results of a device that has no browser."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from hengliang.platform.core.interface import Key, Listed, Part, Reason, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.models import FieldEntry, Round
from hengliang.platform.verification.rounds.standing import Subject, standing_of
from hengliang.platform.verification.services import round_settle, round_synchronise, round_take_out
from hengliang.platform.verification.states import ROUND

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in ROUND.states)


class RoundOut(Schema):
    """A way of two verifiers to instruments where they stand."""

    id: int = Field(examples=[4])
    number: str = Field(examples=["XJ2026-3-0004"])
    kind: str = Field(examples=["market"])
    body_id: int = Field(examples=[3])
    organiser_id: int | None = Field(examples=[12])
    region_id: int = Field(examples=[2])
    place: str = Field(examples=["量县菜市场"])
    starts_on: date = Field(examples=["2026-03-02"])
    ends_on: date = Field(examples=["2026-03-02"])
    state: str = Field(examples=["out"])


class RoundLineOut(Schema):
    """One instrument of a round and what became of it; `entries` are those that differ, or the one that speaks."""

    subject: str = Field(examples=["line:71"])
    instrument: str | None = Field(examples=["HL0000123"])
    task_id: int | None = Field(examples=[71])
    state: str = Field(examples=["passed"])
    entries: list[int] = Field(examples=[[90]])


class RoundStandingOut(RoundOut):
    """A round with its instruments in the order of the route."""

    counts: dict[str, int] = Field(examples=[{"open": 3, "passed": 1}])
    lines: list[RoundLineOut]


class RoundFilter(Schema):
    """Which rounds."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["out"])


class TakeOutIn(Schema):
    """The name that the device gave itself: hexadecimal digits and dashes; and whether a new package is wanted."""

    device: Annotated[str, Field(pattern=r"^[0-9a-f-]{8,64}$", examples=["7d3c1a52-0b1e-4c7f-9a55-2f6f3f1d8a01"])]
    afresh: bool = False


class PackageOut(Schema):
    """A package: its canonical content, the digest over it, and the signature."""

    content: str = Field(examples=['{"format":"hengliang-round-package-1"}'])
    sha256: str = Field(examples=["9f" * 32])
    signature: str = Field(examples=["— example.org/log/1a2b3c4d …"])


class RoundReceiptOut(Schema):
    """What became of a file of results; `refused` tells the code for single entries by their number."""

    sha256: str = Field(examples=["9f" * 32])
    entered: int = Field(examples=[150])
    known: int = Field(examples=[0])
    refused: dict[int, str] = Field(examples=[{"7": "doubled"}])
    replayed: bool = Field(examples=[False])


class SettleIn(Schema):
    """Which entry holds, and why."""

    entry_id: Key
    reason: Reason


@router.get("", response=Listed[RoundOut], summary="Rounds")
def rounds(request: Request, asked: Query[RoundFilter], part: Part) -> dict[str, Any]:
    """The rounds that one plans, makes, asked for or oversees."""
    rows = Round.objects.visible_to(request.actor)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.get("/{int:pk}", response=RoundStandingOut, summary="One round")
def one_round(request: Request, pk: Key) -> dict[str, Any]:
    """One round with what is said of each instrument."""
    shown = _visible(request, pk)
    return _told(shown)


@router.post("/{int:pk}/package", response=PackageOut, summary="Take out")
def take_out_round(request: Request, pk: Key, told: TakeOutIn) -> Any:
    """The package for this verifier on this device: the one that is out already, or a new one."""
    return round_take_out(actor=request.actor, shown=_visible(request, pk), device=told.device, afresh=told.afresh)


@router.post("/{int:pk}/results", response=RoundReceiptOut, summary="Synchronise")
def synchronise_round(request: Request, pk: Key) -> Any:
    """The body of the request is the file of results, byte for byte. A second time changes nothing."""
    return round_synchronise(actor=request.actor, shown=_visible(request, pk), content=request.body)


@router.post("/{int:pk}/settlements", response=RoundStandingOut, summary="Settle a conflict")
def settle_round(request: Request, pk: Key, told: SettleIn) -> dict[str, Any]:
    """One of several entries holds; the others stay readable."""
    shown = _visible(request, pk)
    entry = get_object_or_404(FieldEntry.objects.filter(round=shown), pk=told.entry_id)
    round_settle(actor=request.actor, shown=shown, entry=entry, reason=told.reason)
    return _told(shown)


def _visible(request: Request, pk: int) -> Round:
    rows = Round.objects.visible_to(request.actor).select_related("body", "organiser", "first", "second")
    return get_object_or_404(rows, pk=pk)


def _told(shown: Round) -> dict[str, Any]:
    standing = standing_of(shown)
    names = ("id", "number", "kind", "body_id", "organiser_id", "region_id", "place", "starts_on", "ends_on", "state")
    facts = {name: getattr(shown, name) for name in names}
    return facts | {"counts": standing.counts, "lines": [_line(one) for one in standing.subjects]}


def _line(one: Subject) -> dict[str, Any]:
    return {
        "subject": one.key,
        "instrument": one.line.instrument.code if one.line else None,
        "task_id": one.line.task_id if one.line else None,
        "state": one.state,
        "entries": [entry.pk for entry in one.open or ([one.speaks] if one.speaks else [])],
    }
