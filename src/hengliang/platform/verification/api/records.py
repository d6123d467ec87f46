"""Original records for programs: their judgement and the signatures on them."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from hengliang.platform.core.interface import Key, Listed, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.services import record_approve, record_review, record_send_back, record_void
from hengliang.platform.verification.states import RECORD

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in RECORD.states)


class RecordOut(Schema):
    """An original record, its verdict and who signed it."""

    id: int = Field(examples=[90])
    task_id: int = Field(examples=[71])
    number: str = Field(examples=["JL2026000090"])
    verified_on: date = Field(examples=["2026-03-02"])
    place: str = Field(examples=["量县"])
    procedure: str = Field(examples=["procedure/price-scale"])
    edition: str = Field(examples=["2017-05-30"])
    rule_id: str = Field(examples=["sha256:0f3b…"])
    job: str = Field(examples=["mandatory"])
    regime: str = Field(examples=["subsequent"])
    passed: bool | None = Field(examples=[True])
    training: bool = Field(examples=[True])
    verifier_id: int = Field(examples=[21])
    reviewer_id: int | None = Field(examples=[22])
    approver_id: int | None = Field(examples=[23])
    state: str = Field(examples=["submitted"])


class RecordDetail(RecordOut):
    """A record with what was measured and what the rule says of it."""

    data: dict[str, Any] = Field(examples=[{"regime": "subsequent", "items": {}}])
    judgement: dict[str, Any] = Field(examples=[{"verdict": "pass", "items": []}])
    uncertainty: dict[str, list[str]] = Field(examples=[{"error": ["0.5", "0.5"]}])


class RecordFilter(Schema):
    """Which records."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["submitted"])


@router.get("", response=Listed[RecordOut], summary="Original records")
def records(request: Request, asked: Query[RecordFilter], part: Part) -> dict[str, Any]:
    """Original records of tasks that one may see."""
    rows = _seen(request)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.get("/{int:pk}", response=RecordDetail, summary="One record")
def record(request: Request, pk: Key) -> Record:
    """One record with all that was measured."""
    return _visible(request, pk)


@router.post("/{int:pk}/review", response=RecordOut, summary="Review")
def review(request: Request, pk: Key) -> Record:
    """Sign as reviewer; a different person from the verifier."""
    shown = _visible(request, pk)
    record_review(actor=request.actor, record=shown)
    return shown


@router.post("/{int:pk}/approve", response=RecordOut, summary="Approve")
def approve(request: Request, pk: Key) -> Record:
    """Sign as approver; the third person."""
    shown = _visible(request, pk)
    record_approve(actor=request.actor, record=shown)
    return shown


@router.post("/{int:pk}/send-back", response=RecordOut, summary="Send back")
def send_back(request: Request, pk: Key, told: Reasoned) -> Record:
    """Back to the verifier, who finds all values as a draft."""
    shown = _visible(request, pk)
    record_send_back(actor=request.actor, record=shown, reason=told.reason)
    return shown


@router.post("/{int:pk}/void", response=RecordOut, summary="Void")
def void(request: Request, pk: Key, told: Reasoned) -> Record:
    """The record is void; it stays readable."""
    shown = _visible(request, pk)
    record_void(actor=request.actor, record=shown, reason=told.reason)
    return shown


def _seen(request: Request) -> Any:
    return Record.objects.filter(task__in=Task.objects.visible_to(request.actor))


def _visible(request: Request, pk: int) -> Record:
    people = ("verifier", "reviewer", "approver", "rule", "task__body", "task__instrument")
    return get_object_or_404(_seen(request).select_related(*people), pk=pk)  # type: ignore[no-any-return]
