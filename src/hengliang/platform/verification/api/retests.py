"""Re-tests for programs."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Key, Listed, Part, Reason, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.models import Record, ReTest, Task
from hengliang.platform.verification.services import retest_cancel, retest_conclude, retest_order
from hengliang.platform.verification.states import RETEST

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in RETEST.states)


class ReTestOut(Schema):
    """A second verification beside the first; `compared` is filled when it is concluded."""

    id: int = Field(examples=[2])
    first_id: int = Field(examples=[90])
    task_id: int = Field(examples=[71])
    ordered_on: date = Field(examples=["2026-03-02"])
    compared: list[dict[str, Any]] = Field(examples=[[{"item": "error", "difference": "0.1", "beyond": False}]])
    state: str = Field(examples=["ordered"])


class ReTestIn(Schema):
    """Which approved record of an authorised laboratory, by which other body, and why."""

    record_id: Key
    body_id: Key
    reason: Reason


class ReTestFilter(Schema):
    """Which re-tests."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["finding"])


@router.get("", response=Listed[ReTestOut], summary="Re-tests")
def retests(request: Request, asked: Query[ReTestFilter], part: Part) -> dict[str, Any]:
    """The re-tests that one ordered, does, or was the subject of once concluded."""
    rows = ReTest.objects.visible_to(request.actor)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.post("", response={201: ReTestOut}, summary="Order a re-test")
def order_retest(request: Request, told: ReTestIn) -> Status[ReTest]:
    """Have what an authorised laboratory verified verified again, unannounced."""
    seen = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    bodies = Organisation.objects.visible_to(request.actor).filter(is_verification_body=True)
    made = retest_order(
        actor=request.actor,
        record=get_object_or_404(seen.select_related("task__instrument__item__parent"), pk=told.record_id),
        body=get_object_or_404(bodies, pk=told.body_id),
        reason=told.reason,
    )
    return Status(201, made)


@router.get("/{int:pk}", response=ReTestOut, summary="One re-test")
def retest(request: Request, pk: Key) -> ReTest:
    """One re-test with its results side by side."""
    return _visible(request, pk)


@router.post("/{int:pk}/conclude", response=ReTestOut, summary="Conclude")
def conclude(request: Request, pk: Key) -> ReTest:
    """Compare both records; a difference beyond what is acceptable is a finding."""
    shown = _visible(request, pk)
    retest_conclude(actor=request.actor, retest=shown)
    return shown


@router.post("/{int:pk}/cancel", response=ReTestOut, summary="Cancel")
def cancel_retest(request: Request, pk: Key, told: Reasoned) -> ReTest:
    """Cancel a re-test that was not measured yet."""
    shown = _visible(request, pk)
    retest_cancel(actor=request.actor, retest=shown, reason=told.reason)
    return shown


def _visible(request: Request, pk: int) -> ReTest:
    rows = ReTest.objects.visible_to(request.actor).select_related("first__task", "task")
    return get_object_or_404(rows, pk=pk)
