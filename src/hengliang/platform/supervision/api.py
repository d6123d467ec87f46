"""Orders and findings for programs: the same lists and the same acts as the pages."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Key, Line, Listed, Part, Reason, Reasoned, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision import services
from hengliang.platform.supervision.api_statistics import router as statistics_router
from hengliang.platform.supervision.models import Finding, Order
from hengliang.platform.supervision.selectors import finding_list, watch_list
from hengliang.platform.supervision.services import Issued, order_withdraw, rectification_order, reminder_send
from hengliang.platform.supervision.states import FINDING, ORDER

router = Router(tags=["supervision"])
router.add_router("/statistics", statistics_router)
STATES = "|".join(state.code for state in ORDER.states)
FINDING_STATES = "|".join(state.code for state in FINDING.states)
FindingKind = Annotated[Finding.Kind, words_of(Finding.Kind)]
Codes = Annotated[list[Line], Field(min_length=1, max_length=500, examples=[["7K3MZQ9RWA"]])]
Kind = Annotated[Order.Kind, words_of(Order.Kind)]


class OrderOut(Schema):
    """A reminder or a rectification order."""

    id: int = Field(examples=[7])
    kind: Kind = Field(examples=["rectification"])
    instrument: str = Field(alias="instrument.code", examples=["7K3MZQ9RWA"])
    owner_id: int = Field(examples=[12])
    reason: str = Field(examples=["超期未检"])
    issued_on: date = Field(examples=["2026-03-02"])
    days: int | None = Field(examples=[15])
    due_by: date | None = Field(examples=["2026-03-23"])
    provisional: bool = Field(examples=[False])
    state: str = Field(examples=["open"])


class OrderFilter(Schema):
    """Which orders."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["open"])
    kind: Kind | None = None


class RemindIn(Schema):
    """Whose users are reminded, and what they are told."""

    instruments: Codes
    reason: Reason


class RectifyIn(RemindIn):
    """The same, within a term of working days."""

    days: int = Field(ge=1, le=120, examples=[15])


class IssuedOut(Schema):
    """The orders made, how many had an open one already, how many wait for the body or the authority."""

    orders: list[OrderOut]
    skipped: int = Field(examples=[0])
    elsewhere: int = Field(examples=[0])


class FindingOut(Schema):
    """A sign, computed from the records, that something does not fit."""

    id: int = Field(examples=[3])
    kind: FindingKind = Field(examples=["too_much"])
    region_id: int = Field(examples=[5])
    body_id: int | None = Field(examples=[7])
    found_on: date = Field(examples=["2026-03-03"])
    speaks_of: date = Field(examples=["2026-03-02"])
    facts: dict[str, Any] = Field(examples=[{"count": 91, "days_work": "3.0", "most": "3", "rows": []}])
    state: str = Field(examples=["open"])


class FindingFilter(Schema):
    """Which findings."""

    state: str | None = Field(None, pattern=f"^({FINDING_STATES})$", examples=["open"])
    kind: FindingKind | None = None


@router.get("/orders", response=Listed[OrderOut])
def order_list(request: Request, asked: Query[OrderFilter], part: Part) -> dict[str, Any]:
    """The orders that the actor gave or got, newest first."""
    rows = Order.objects.visible_to(request.actor).select_related("instrument")
    return listed(rows.filter(**asked.dict(exclude_none=True)), part)


@router.get("/orders/{pk}", response=OrderOut)
def order(request: Request, pk: Path[Key]) -> Order:
    """One order."""
    return get_object_or_404(Order.objects.visible_to(request.actor).select_related("instrument"), pk=pk)


@router.post("/reminders", response={201: IssuedOut})
def remind(request: Request, told: RemindIn) -> Status[Issued]:
    """Remind the users of instruments."""
    chosen = _chosen(request, told.instruments)
    return Status(201, reminder_send(actor=request.actor, instruments=chosen, reason=told.reason))


@router.post("/rectifications", response={201: IssuedOut})
def rectify(request: Request, told: RectifyIn) -> Status[Issued]:
    """Order rectification within a term of working days."""
    chosen = _chosen(request, told.instruments)
    made = rectification_order(actor=request.actor, instruments=chosen, days=told.days, reason=told.reason)
    return Status(201, made)


@router.post("/orders/{pk}/withdraw", response=OrderOut)
def withdraw(request: Request, pk: Path[Key], told: Reasoned) -> Order:
    """Withdraw an order."""
    found = order(request, pk)
    order_withdraw(actor=request.actor, order=found, reason=told.reason)
    return found


@router.get("/findings", response=Listed[FindingOut])
def findings(request: Request, asked: Query[FindingFilter], part: Part) -> dict[str, Any]:
    """The findings of the regions that the actor oversees, the latest day first."""
    return listed(finding_list(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.get("/findings/{pk}", response=FindingOut)
def finding(request: Request, pk: Path[Key]) -> Finding:
    """One finding."""
    return get_object_or_404(finding_list(request.actor), pk=pk)


@router.post("/findings/{pk}/{act}", response=FindingOut)
def decide(
    request: Request,
    pk: Path[Key],
    act: Literal["finding_explain", "finding_uphold", "finding_reopen"],
    told: Reasoned,
) -> Finding:
    """Explain a finding, uphold it, or look into it again."""
    found = finding(request, pk)
    getattr(services, act)(actor=request.actor, finding=found, reason=told.reason)
    return found


def _chosen(request: Request, codes: Sequence[str]) -> list[Instrument]:
    rows = watch_list(request.actor).filter(instrument__code__in=codes)
    found = {row.instrument.code: row.instrument for row in rows}
    if missing := [code for code in codes if code not in found]:
        raise InputRefused(
            "unknown_instrument",
            "No instrument in use has the code %(instrument)s.",
            instrument=missing[0],
            field="instruments",
        )
    return list(found.values())
