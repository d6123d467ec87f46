"""Fees, invoices and working time for programs: the invoicing system of a body reads data and enters numbers."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Optional, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.at_counter import own_body
from hengliang.platform.verification.invoices import invoice_data, require_live
from hengliang.platform.verification.models import Fee, Invoice, Round, WorkTime
from hengliang.platform.verification.services import (
    fee_change,
    fee_exempt,
    invoice_cancel,
    invoice_enter,
    invoice_prepare,
    worktime_enter,
    worktime_withdraw,
)
from hengliang.platform.verification.states import INVOICE

router = Router(tags=["verification"])
STATES = "|".join(state.code for state in INVOICE.states)
Amount = Field(ge=0, le=10**9, decimal_places=2, examples=["150.00"])


class FeeOut(Schema):
    """What a task costs and why; `full` is without the exemption."""

    id: int = Field(examples=[17])
    task_id: int = Field(examples=[71])
    basis: str = Field(examples=["rule"])
    amount: Decimal = Field(examples=["150.00"])
    full: Decimal = Field(examples=["150.00"])
    exemption: str = Field(examples=[""])
    document: str = Field(examples=[""])
    assessed_on: date = Field(examples=["2026-03-02"])
    invoice_id: int | None = Field(examples=[None])


class FeeChangeIn(Reasoned):
    """Another amount, and why."""

    amount: Decimal = Amount


class FeeExemptionIn(Reasoned):
    """The ground by the rule `verification/fee-exemptions`, the document, and why."""

    ground: Line = Field(examples=["small"])
    document: Line = Field(examples=["衡发改〔2025〕3号"])


class InvoiceOut(Schema):
    """An invoice asked for, and the number that came back."""

    id: int = Field(examples=[3])
    number: str = Field(examples=["KP2026-2-000001"])
    body_id: int = Field(examples=[2])
    title: str = Field(examples=["量县加油站"])
    credit_code: str = Field(examples=["91110000600037341L"])
    amount: Decimal = Field(examples=["150.00"])
    prepared_on: date = Field(examples=["2026-03-02"])
    invoice_number: str = Field(examples=[""])
    invoiced_on: date | None = Field(examples=[None])
    state: str = Field(examples=["prepared"])


class InvoiceFilter(Schema):
    """Which invoices."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["prepared"])


class InvoiceIn(Schema):
    """The fees of one buyer; title and code are the buyer's unless given."""

    fee_ids: list[Key] = Field(min_length=1, max_length=500, examples=[[17]])
    title: Optional = Field("", examples=[""])
    code: Optional = Field("", examples=[""])


class InvoiceNumberIn(Schema):
    """What stands on the invoice that was made."""

    invoice_number: Line = Field(max_length=40, examples=["24952000000012345678"])
    invoiced_on: Day


class WorkTimeOut(Schema):
    """What one person spent on one item on one day."""

    id: int = Field(examples=[8])
    person_id: int = Field(examples=[21])
    worked_on: date = Field(examples=["2026-03-02"])
    item: str = Field(alias="item.code", examples=["NAWI-PRICE"])
    pieces: int = Field(examples=[30])
    hours: Decimal = Field(examples=["6.0"])
    travel_hours: Decimal = Field(examples=["2.0"])
    kilometres: Decimal = Field(examples=["40.0"])
    round_id: int | None = Field(examples=[None])
    job: str = Field(examples=[""])
    state: str = Field(examples=["entered"])


class WorkTimeIn(Schema):
    """The same, to be entered."""

    person_id: Key
    worked_on: Day
    item: Line = Field(examples=["NAWI-PRICE"])
    pieces: int = Field(ge=0, le=100_000, examples=[30])
    hours: Decimal = Field(gt=0, le=24, decimal_places=1, examples=["6.0"])
    travel_hours: Decimal = Field(Decimal(0), ge=0, le=24, decimal_places=1, examples=["2.0"])
    kilometres: Decimal = Field(Decimal(0), ge=0, le=9999, decimal_places=1, examples=["40.0"])
    round_id: Key | None = None
    job: Optional = Field("", max_length=60, examples=[""])


@router.get("/fees", response=Listed[FeeOut], summary="Fees")
def fees(request: Request, part: Part) -> dict[str, Any]:
    """The fees that count, newest first."""
    return listed(Fee.objects.visible_to(request.actor).filter(standing=True), part)


@router.post("/fees/{int:pk}/change", response=FeeOut, summary="Change a fee")
def change_fee(request: Request, pk: Key, told: FeeChangeIn) -> Fee:
    """Another amount, as agreed anew; a job that is free of charge is refused."""
    return fee_change(actor=request.actor, fee=_fee(request, pk), amount=told.amount, reason=told.reason)


@router.post("/fees/{int:pk}/exempt", response=FeeOut, summary="Let off a fee")
def exempt_fee(request: Request, pk: Key, told: FeeExemptionIn) -> Fee:
    """Let a fee off, on a ground of the rule and a named document."""
    return fee_exempt(
        actor=request.actor, fee=_fee(request, pk), ground=told.ground, document=told.document, reason=told.reason
    )


def _fee(request: Request, pk: int) -> Fee:
    return get_object_or_404(Fee.objects.visible_to(request.actor).select_related("task"), pk=pk)


@router.get("/invoices", response=Listed[InvoiceOut], summary="Invoices")
def invoices(request: Request, asked: Query[InvoiceFilter], part: Part) -> dict[str, Any]:
    """Invoices asked for and made, newest first."""
    rows = Invoice.objects.visible_to(request.actor)
    return listed(rows.filter(state=asked.state) if asked.state else rows, part)


@router.post("/invoices", response={201: InvoiceOut}, summary="Prepare an invoice")
def prepare_invoice(request: Request, told: InvoiceIn) -> Status[Invoice]:
    """Put fees of one buyer on an invoice."""
    rows = Fee.objects.visible_to(request.actor).select_related("task__owner", "task__body")
    chosen = [get_object_or_404(rows, pk=key) for key in dict.fromkeys(told.fee_ids)]
    return Status(201, invoice_prepare(actor=request.actor, fees=chosen, title=told.title, code=told.code))


@router.get("/invoices/{int:pk}", response=dict[str, Any], summary="The data of an invoice")
def invoice(request: Request, pk: Key) -> dict[str, Any]:
    """Buyer, lines and sum, as the invoicing system takes them over."""
    shown = _invoice(request, pk)
    require_live(shown)
    return invoice_data(shown)


@router.post("/invoices/{int:pk}/number", response=InvoiceOut, summary="Enter the number")
def enter_invoice(request: Request, pk: Key, told: InvoiceNumberIn) -> Invoice:
    """Number and date that the invoicing system gave."""
    shown = _invoice(request, pk)
    invoice_enter(actor=request.actor, invoice=shown, **told.dict())
    return shown


@router.post("/invoices/{int:pk}/cancel", response=InvoiceOut, summary="Cancel an invoice")
def cancel_invoice(request: Request, pk: Key, told: Reasoned) -> Invoice:
    """An invoice is cancelled; its fees can be invoiced again."""
    shown = _invoice(request, pk)
    invoice_cancel(actor=request.actor, invoice=shown, reason=told.reason)
    return shown


def _invoice(request: Request, pk: int) -> Invoice:
    return get_object_or_404(Invoice.objects.visible_to(request.actor).select_related("body"), pk=pk)


@router.get("/worktimes", response=Listed[WorkTimeOut], summary="Working time")
def worktimes(request: Request, part: Part) -> dict[str, Any]:
    """Working and travelling time, newest first."""
    return listed(WorkTime.objects.visible_to(request.actor).select_related("item"), part)


@router.post("/worktimes", response={201: WorkTimeOut}, summary="Enter working time")
def enter_worktime(request: Request, told: WorkTimeIn) -> Status[WorkTime]:
    """What one person of one's body spent."""
    body, said = own_body(request.actor), told.dict()
    person = get_object_or_404(Person, pk=said.pop("person_id"), organisation=body)
    item = get_object_or_404(CatalogueItem, code=said.pop("item"))
    asked = said.pop("round_id")
    spent_on = get_object_or_404(Round.objects.visible_to(request.actor), pk=asked) if asked else None
    made = worktime_enter(actor=request.actor, body=body, person=person, item=item, visit=spent_on, **said)
    return Status(201, made)


@router.post("/worktimes/{int:pk}/withdraw", response=WorkTimeOut, summary="Take working time back")
def withdraw_worktime(request: Request, pk: Key, told: Reasoned) -> WorkTime:
    """What was entered wrongly no longer counts."""
    shown = get_object_or_404(WorkTime.objects.visible_to(request.actor).select_related("item"), pk=pk)
    worktime_withdraw(actor=request.actor, worktime=shown, reason=told.reason)
    return shown
