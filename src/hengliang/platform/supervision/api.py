"""Orders for programs: the same list and the same acts as the pages."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema, Status

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.interface import Key, Line, Listed, Part, Reason, Reasoned, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.selectors import watch_list
from hengliang.platform.supervision.services import Issued, order_withdraw, rectification_order, reminder_send
from hengliang.platform.supervision.states import ORDER

router = Router(tags=["supervision"])
STATES = "|".join(state.code for state in ORDER.states)
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
