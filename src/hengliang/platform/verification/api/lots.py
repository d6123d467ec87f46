"""Lots of test benches for programs: a file in, its faults, the steps, and each single result with its proof."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from hengliang.metrology.judge import judgement_to_json
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Key, Listed, Optional, Part, Reasoned, filled, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.benches.figures import judged_again
from hengliang.platform.verification.benches.foreseen import met_in
from hengliang.platform.verification.benches.told import faults_of
from hengliang.platform.verification.benches.tree import proof_of
from hengliang.platform.verification.lot_work import read_soon
from hengliang.platform.verification.models import Lot, LotResult, VerificationRegime
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
results_router = Router(tags=["verification"])
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


class LotResultOut(Schema):
    """A single result."""

    lot_id: int = Field(examples=[3])
    lot: str = Field(alias="lot.number", examples=["PL2026-1-00003"])
    state: str = Field(alias="lot.state", examples=["issued"])
    place: int = Field(examples=[41])
    serial: str = Field(examples=["E000000042"])
    label: str = Field(examples=["HGE00000042"])
    maker: str = Field(alias="group.maker", examples=["衡城仪表股份"])
    model: str = Field(alias="group.model", examples=["EX-1"])
    verified_on: date = Field(alias="group.verified_on", examples=["2026-02-03"])
    valid_until: date | None = Field(examples=["2034-02-02"])
    verdict: str = Field(examples=["p"])


class LotResultDetail(LotResultOut):
    """A single result with its readings and its judgement, computed again."""

    readings: dict[str, str] = Field(examples=[{"imax_10_1": "0.32"}])
    judgement: dict[str, Any] | None = Field(examples=[{"verdict": "pass", "items": []}])

    @staticmethod
    def resolve_readings(result: LotResult) -> dict[str, str]:
        """The readings by the columns of the profile."""
        return result.readings()

    @staticmethod
    def resolve_judgement(result: LotResult) -> dict[str, Any] | None:
        """The judgement, computed again by the rule of the lot."""
        judged = judged_again(result)
        return judgement_to_json(judged) if judged else None


class LotProofOut(Schema):
    """What proves a single result under the root of its lot (RFC 9162, 2.1.3)."""

    entry: str = Field(examples=['["PL2026-1-00003","41","E000000042"]'])
    place: int = Field(examples=[41])
    size: int = Field(examples=[99997])
    path: list[str] = Field(examples=[["ab12…"]])
    root: str = Field(examples=["cd34…"])


class LotResultFilter(Schema):
    """Which meter: its whole serial number or label."""

    number: Annotated[str, filled(60)]


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
) -> Status[Any]:
    """Read, judge and check a file (CSV, XLSX); a large one is read by the worker, and `step` tells how far it is."""
    bodies = Organisation.objects.filter(pk__in=request.actor.organisations(BODY_ROLES))
    body = get_object_or_404(bodies, pk=body_id)
    if regime not in VerificationRegime.values:
        raise InputRefused("unknown_regime", "Choose one of: %(known)s.", field="regime", known=REGIMES)
    made = lot_receive(
        actor=request.actor, body=body, item=get_object_or_404(CatalogueItem, pk=item_id), bench=bench, regime=regime,
        standards=[get_object_or_404(MeasurementStandard.objects.filter(organisation=body), pk=standard_id)],
        file_name=file.name or "", chunks=file.chunks(),
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


# A lot has its whole tree, its rule a whole procedure: of neither is anything told in a list.
_TOLD = (
    *("place", "serial", "label", "verdict", "lot__number", "lot__state"),
    *("group__maker", "group__model", "group__verified_on", "group__valid_until"),
)


@results_router.get("", response=list[LotResultOut], summary="Results by serial number or label")
def lot_results(request: Request, asked: Query[LotResultFilter]) -> list[LotResult]:
    """The results that one may see of a meter, newest first."""
    rows = LotResult.objects.visible_to(request.actor).named(asked.number).select_related("lot", "group")
    return list(rows.only(*_TOLD).order_by("-pk")[:50])


@results_router.get("/{int:lot}/{int:place}", response=LotResultDetail, summary="One result")
def lot_result(request: Request, lot: Key, place: int) -> LotResult:
    """One result with its readings and judgement."""
    return _result(request, lot, place)


@results_router.get("/{int:lot}/{int:place}/proof", response=LotProofOut, summary="Proof of one result")
def lot_result_proof(request: Request, lot: Key, place: int) -> dict[str, Any]:
    """The path from the result to the root that stands in the log."""
    return proof_of(_result(request, lot, place)).to_json()


def _lots(request: Request) -> Any:
    related = ("body", "item", "rule", "customer", "region")
    return Lot.objects.visible_to(request.actor).select_related(*related).defer("tree")


def _lot(request: Request, pk: int) -> Lot:
    return get_object_or_404(_lots(request), pk=pk)  # type: ignore[no-any-return]


def _results(request: Request) -> Any:
    rows = LotResult.objects.visible_to(request.actor)
    return rows.select_related("lot__item", "lot__body", "lot__rule", "group").defer(
        "lot__rule__content", "group__tally"
    )


def _result(request: Request, lot: int, place: int) -> LotResult:
    if not 0 <= place < 2**31:
        raise InputRefused("place_impossible", "There is no such place in a lot.", field="place")
    return get_object_or_404(_results(request), lot_id=lot, place=place)  # type: ignore[no-any-return]
