"""Original records for programs: their judgement and the signatures on them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Key, Listed, Optional, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.models import Conditions, ConditionsAddendum, Record, Task
from hengliang.platform.verification.selectors import last_conditions
from hengliang.platform.verification.services import (
    conditions_amend,
    conditions_confirm,
    conditions_decline,
    conditions_enter,
    record_approve,
    record_review,
    record_send_back,
    record_void,
)
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


class ConditionsIn(Schema):
    """The environment, as read during the measurement."""

    temperature: Decimal = Field(ge=-80, le=100, decimal_places=1, examples=["20.4"])
    humidity: Decimal = Field(ge=0, le=100, decimal_places=1, examples=["52.0"])
    other: Optional = Field("", max_length=200, examples=[""])


class AddendumIn(ConditionsIn, Reasoned):
    """What it was, why it is corrected, and the right place where the record names a wrong one."""

    place: Optional = Field("", max_length=300, examples=[""])


class ConditionsOut(Schema):
    """The environment of a record, by the entry that counts."""

    temperature: Decimal = Field(examples=["20.4"])
    humidity: Decimal = Field(examples=["52.0"])
    other: str = Field(examples=[""])
    place: str = Field(examples=[""])


class AddendumOut(ConditionsOut):
    """A correction: by whom, answered by whom."""

    id: int = Field(examples=[3])
    record_id: int = Field(examples=[90])
    reason: str = Field(examples=["读错一位"])
    first_id: int = Field(examples=[21])
    second_id: int | None = Field(examples=[22])
    state: str = Field(examples=["proposed"])


class ConditionsSeen(Schema):
    """The conditions that count, or null, and the corrections in their order."""

    counts: ConditionsOut | None
    corrections: list[AddendumOut]


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


@router.get("/{int:pk}/conditions", response=ConditionsSeen, summary="The conditions of a record")
def conditions(request: Request, pk: Key) -> dict[str, Any]:
    """What counts, and the corrections with both people."""
    shown = _visible(request, pk)
    return {"counts": last_conditions(shown), "corrections": list(shown.addenda.order_by("pk"))}


@router.post("/{int:pk}/conditions", response={201: ConditionsOut}, summary="Enter the conditions")
def enter_conditions(request: Request, pk: Key, told: ConditionsIn) -> Status[Conditions]:
    """As read during the measurement, before others have signed them."""
    return Status(201, conditions_enter(actor=request.actor, record=_visible(request, pk), **told.dict()))


@router.post("/{int:pk}/conditions/corrections", response={201: AddendumOut}, summary="Correct the conditions")
def amend_conditions(request: Request, pk: Key, told: AddendumIn) -> Status[ConditionsAddendum]:
    """Of a record that others have signed; it counts once a second person has confirmed it."""
    return Status(201, conditions_amend(actor=request.actor, record=_visible(request, pk), **told.dict()))


@router.post("/{int:pk}/conditions/confirm", response=AddendumOut, summary="Confirm the correction")
def confirm_conditions(request: Request, pk: Key) -> ConditionsAddendum:
    """The second person has seen it; it counts from now on."""
    found = _proposed(request, pk)
    conditions_confirm(actor=request.actor, addendum=found)
    return found


@router.post("/{int:pk}/conditions/decline", response=AddendumOut, summary="Decline the correction")
def decline_conditions(request: Request, pk: Key, told: Reasoned) -> ConditionsAddendum:
    """It counts for nothing, and stays readable."""
    found = _proposed(request, pk)
    conditions_decline(actor=request.actor, addendum=found, reason=told.reason)
    return found


def _proposed(request: Request, pk: int) -> ConditionsAddendum:
    rows = ConditionsAddendum.objects.select_related("record__task", "first")
    return get_object_or_404(rows, record=_visible(request, pk), state="proposed")


def _seen(request: Request) -> QuerySet[Record]:
    return Record.objects.filter(task__in=Task.objects.visible_to(request.actor))


def _visible(request: Request, pk: int) -> Record:
    people = ("verifier", "reviewer", "approver", "rule", "task__body", "task__instrument")
    return get_object_or_404(_seen(request).select_related(*people), pk=pk)
