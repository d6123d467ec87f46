"""Lots of test benches for programs: a file in, its faults, and the steps."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Key, Listed, Optional, Part, Reasoned, filled, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.benches.foreseen import met_in
from hengliang.platform.verification.benches.told import faults_of
from hengliang.platform.verification.lot_work import read_soon
from hengliang.platform.verification.models import BenchProfile, Lot, VerificationRegime
from hengliang.platform.verification.services import (
    lot_approve,
    lot_drop,
    lot_issue,
    lot_receive,
    lot_review,
    lot_send_back,
    lot_submit,
    lot_void,
)
from hengliang.platform.verification.states import LOT

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in LOT.states)
REGIMES = "|".join(VerificationRegime.values)
FAULTS_TOLD = 1_000


class LotOut(Schema):
    """A lot and what it came to."""

    id: int = Field(examples=[3])
    number: str = Field(examples=["PL2026-1-00003"])
    body_id: int = Field(examples=[1])
    customer_id: int | None = Field(examples=[None])
    item_id: int = Field(examples=[40])
    regime: str = Field(examples=["initial"])
    bench: str = Field(examples=["1号检定装置"])
    profile: str = Field(examples=["electricity-wide"])
    file_name: str = Field(examples=["bench.csv"])
    sha256: str = Field(examples=["9f86d081…"])
    state: str = Field(examples=["checked"])
    step: str = Field(examples=[""])
    rows: int = Field(examples=[100000])
    refused: int = Field(examples=[3])
    passed: int = Field(examples=[99870])
    failed: int = Field(examples=[127])
    indeterminate: int = Field(examples=[0])
    entered: int = Field(examples=[0])
    first_on: date | None = Field(examples=["2026-02-02"])
    last_on: date | None = Field(examples=["2026-02-21"])
    procedure: str = Field(examples=["procedure/electricity-meter"])
    edition: str = Field(examples=["2013-04-08"])
    decision: str = Field(examples=["each"])
    root: str = Field(examples=["ab12…"])
    issued_on: date | None = Field(examples=[None])
    problem: dict[str, Any] = Field(examples=[{}])


class LotFaultOut(Schema):
    """One thing that is wrong with a row of a bench's file."""

    row: int = Field(examples=[3])
    field: str = Field(examples=["imax_10_1"])
    column: str = Field(examples=["Imax 1.0 误差1"])
    code: str = Field(examples=["judge_not_a_number"])
    reason: str = Field(examples=["“abc”不是数。"])
    remedy: str = Field(examples=["请重新导出该读数。"])


class LotFilter(Schema):
    """Which lots."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["issued"])


class LotSubmitIn(Schema):
    """Whether rows that are refused are left out; otherwise one of them stops all."""

    leave_out_refused: bool = False
    reason: Optional = ""


class LotIssueIn(Schema):
    """Why results are issued that have expired by then; not asked where none has."""

    reason: Optional = ""


class LotMetOut(Schema):
    """Meters of a lot that the ledger will not date: `held` for a dispute, or `out_of_use` on the day of test."""

    bar: str = Field(examples=["held"])
    count: int = Field(examples=[2])
    rows: list[int] = Field(examples=[[14, 20]])
    serial: str = Field(examples=["E000000014"])


@router.get("", response=Listed[LotOut], summary="Lots of test benches")
def lots(request: Request, asked: Query[LotFilter], part: Part) -> dict[str, Any]:
    """Lots that one may see, newest first."""
    rows = _lots(request).order_by("-pk")
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.post("", response={201: LotOut}, summary="Send the file of a test bench")
def lot_send(
    request: Request,
    file: File[UploadedFile],
    body_id: Form[Key],
    item_id: Form[Key],
    standard_id: Form[Key],
    bench: Form[Annotated[str, filled(100)]],
    regime: Form[str] = "initial",
    profile_id: Form[Key | None] = None,
) -> Status[Any]:
    """Read, judge and check a file (CSV, XLSX; one row a meter or one row a load point).

    A large one is read by the worker, and `step` tells how far it is. `profile_id`: the mapping profile of the body by
    which it is read; without one it is recognised by its headers.
    """
    bodies = Organisation.objects.filter(pk__in=request.actor.organisations(BODY_ROLES))
    body = get_object_or_404(bodies, pk=body_id)
    if regime not in VerificationRegime.values:
        raise InputRefused("unknown_regime", "Choose one of: %(known)s.", field="regime", known=REGIMES)
    profiles = BenchProfile.objects.visible_to(request.actor).filter(body=body)
    own = get_object_or_404(profiles, pk=profile_id) if profile_id else None
    made = lot_receive(
        actor=request.actor, body=body, item=get_object_or_404(CatalogueItem, pk=item_id), bench=bench, regime=regime,
        standards=[get_object_or_404(MeasurementStandard.objects.filter(organisation=body), pk=standard_id)],
        file_name=file.name or "", chunks=file.chunks(), own_profile=own,
    )  # fmt: skip
    read_soon(made, request.actor)
    return Status(201, _lot(request, made.pk))


@router.get("/{int:pk}", response=LotOut, summary="One lot")
def lot_one(request: Request, pk: Key) -> Lot:
    """One lot."""
    return _lot(request, pk)


@router.get("/{int:pk}/faults", response=list[LotFaultOut], summary="What is wrong with a file")
def lot_faults(request: Request, pk: Key) -> list[Any]:
    """The first thousand faults, by row."""
    return list(faults_of(_lot(request, pk), 0, FAULTS_TOLD))


@router.get("/{int:pk}/met", response=list[LotMetOut], summary="Meters that get no date from a lot")
def lot_met(request: Request, pk: Key) -> list[Any]:
    """Those preserved for a dispute, or out of use on their day of test: how many, and the first twenty rows."""
    return list(met_in(_lot(request, pk)))


@router.post("/{int:pk}/submit", response=LotOut, summary="Submit a lot")
def lot_hand_in(request: Request, pk: Key, told: LotSubmitIn) -> Lot:
    """Write the results as one act with one Merkle root."""
    lot_submit(actor=request.actor, lot=_lot(request, pk), leave_out_refused=told.leave_out_refused, reason=told.reason)
    return _lot(request, pk)


@router.post("/{int:pk}/review", response=LotOut, summary="Review a lot")
def lot_look_over(request: Request, pk: Key) -> Lot:
    """Sign as reviewer; a different person from the verifier."""
    lot_review(actor=request.actor, lot=_lot(request, pk))
    return _lot(request, pk)


@router.post("/{int:pk}/approve", response=LotOut, summary="Approve a lot")
def lot_answer_for(request: Request, pk: Key) -> Lot:
    """Sign as approver; the third person."""
    lot_approve(actor=request.actor, lot=_lot(request, pk))
    return _lot(request, pk)


@router.post("/{int:pk}/issue", response=LotOut, summary="Issue the results of a lot")
def lot_give_out(request: Request, pk: Key, told: LotIssueIn | None = None) -> Lot:
    """Issue the results; meters of the ledger get their new date."""
    lot_issue(actor=request.actor, lot=_lot(request, pk), reason=told.reason if told else "")
    return _lot(request, pk)


@router.post("/{int:pk}/send-back", response=LotOut, summary="Send a lot back")
def lot_return(request: Request, pk: Key, told: Reasoned) -> Lot:
    """Back to the verifier; the corrected file is another lot."""
    lot_send_back(actor=request.actor, lot=_lot(request, pk), reason=told.reason)
    return _lot(request, pk)


@router.post("/{int:pk}/void", response=LotOut, summary="Declare a lot void")
def lot_annul(request: Request, pk: Key, told: Reasoned) -> Lot:
    """Its results prove nothing any more; the ledger returns to what was before."""
    lot_void(actor=request.actor, lot=_lot(request, pk), reason=told.reason)
    return _lot(request, pk)


@router.post("/{int:pk}/drop", response=LotOut, summary="Drop a lot")
def lot_throw_away(request: Request, pk: Key) -> Lot:
    """Before it is submitted."""
    lot_drop(actor=request.actor, lot=_lot(request, pk))
    return _lot(request, pk)


def _lots(request: Request) -> QuerySet[Lot]:
    related = ("body", "item", "rule", "customer", "region")
    return Lot.objects.visible_to(request.actor).select_related(*related).defer("tree")


def _lot(request: Request, pk: int) -> Lot:
    return get_object_or_404(_lots(request), pk=pk)
