"""The stock of a body, and its stocktakings."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Status

from hengliang.platform.certificates.api_marks.marks import router
from hengliang.platform.certificates.api_marks.seen import seen_body, seen_mark
from hengliang.platform.certificates.api_marks.shapes import (
    CountIn,
    DestroyedIn,
    HandedIn,
    InHandOut,
    MarkBatchIn,
    MarkBatchOut,
    MarkOut,
    SettledIn,
    SpoiledIn,
    StockOut,
    StocktakingOut,
)
from hengliang.platform.certificates.marks.stock import accounts, in_hand, in_store, skipped
from hengliang.platform.certificates.models import Mark, MarkBatch, Stocktaking, StocktakingFinding
from hengliang.platform.certificates.services import (
    mark_destroy,
    mark_spoil,
    marks_hand_out,
    marks_receive,
    marks_take_back,
    stock_count,
    stock_settle,
)
from hengliang.platform.core.interface import (
    Key,
    Listed,
    Part,
    listed,
)
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Person


@router.get("/stock/{int:body}", response=StockOut, summary="Stock of a body")
def stock(request: Request, body: Key) -> dict[str, Any]:
    """Where the marks of a body are, and what lies in its store."""
    shown = seen_body(request, body)
    return {"accounts": accounts(body=shown, on=request.actor.today), "store": in_store(body=shown)}


@router.get("/stock/{int:body}/batches", response=Listed[MarkBatchOut], summary="Batches received")
def batches(request: Request, body: Key, part: Part) -> dict[str, Any]:
    """What a body received."""
    rows = MarkBatch.objects.visible_to(request.actor).filter(series__body=seen_body(request, body))
    return listed(rows.select_related("series"), part)


@router.post("/stock/{int:body}/batches", response={201: MarkBatchOut}, summary="Receive a batch")
def receive(request: Request, body: Key, told: MarkBatchIn) -> Status[MarkBatch]:
    """A batch comes into the store."""
    return Status(201, marks_receive(actor=request.actor, body=seen_body(request, body), **told.dict()))


@router.get("/stock/{int:body}/people/{int:person}", response=InHandOut, summary="In hand of a person")
def held(request: Request, body: Key, person: Key) -> dict[str, Any]:
    """What a person has in hand today."""
    where, who = seen_body(request, body), get_object_or_404(Person, pk=person)
    return {
        "left": in_hand(body=where, person=who, on=request.actor.today),
        "skipped": skipped(body=where, person=who, on=request.actor.today),
    }


@router.post("/stock/{int:body}/hand-out", response={204: None}, summary="Hand out")
def hand_out(request: Request, body: Key, told: HandedIn) -> Status[None]:
    """A run from the store goes to a person."""
    marks_hand_out(actor=request.actor, body=seen_body(request, body), **_handed(told))
    return Status(204, None)


@router.post("/stock/{int:body}/take-back", response={204: None}, summary="Take back")
def take_back(request: Request, body: Key, told: HandedIn) -> Status[None]:
    """A run of unused numbers comes back into the store."""
    marks_take_back(actor=request.actor, body=seen_body(request, body), **_handed(told))
    return Status(204, None)


def _handed(told: HandedIn) -> dict[str, Any]:
    given = told.dict()
    return given | {"person": get_object_or_404(Person, pk=given.pop("person_id"))}


@router.post("/stock/{int:body}/spoiled", response={201: MarkOut}, summary="Write off a spoiled number")
def spoil(request: Request, body: Key, told: SpoiledIn) -> Status[Mark]:
    """A number is spoiled."""
    return Status(201, mark_spoil(actor=request.actor, body=seen_body(request, body), **told.dict()))


@router.post("/stock/{int:body}/destroyed", response={204: None}, summary="Destroy before two people")
def destroy(request: Request, body: Key, told: DestroyedIn) -> Status[None]:
    """Marks are destroyed."""
    mark_destroy(
        actor=request.actor, body=seen_body(request, body), method=told.method, reason=told.reason, on=told.on,
        first_person=get_object_or_404(Person, pk=told.first_person_id),
        second_person=get_object_or_404(Person, pk=told.second_person_id),
        marks=[seen_mark(request, pk) for pk in told.marks],
        runs=[(one.kind, one.first, one.last) for one in told.runs],
    )  # fmt: skip
    return Status(204, None)


@router.post("/stock/{int:body}/counts", response={201: StocktakingOut}, summary="Count")
def count(request: Request, body: Key, told: CountIn) -> Status[Any]:
    """What was counted is held against the books."""
    person = get_object_or_404(Person, pk=told.person_id) if told.person_id else None
    made = stock_count(
        actor=request.actor,
        body=seen_body(request, body),
        kind=told.kind,
        counted=told.counted,
        person=person,
        on=told.on,
    )  # fmt: skip
    return Status(201, _stocktaking(request, made.pk))


@router.get("/stocktakings/{int:pk}", response=StocktakingOut, summary="One stocktaking")
def stocktaking(request: Request, pk: Key) -> dict[str, Any]:
    """One stocktaking with its differences."""
    return _stocktaking(request, pk)


@router.post("/stocktakings/findings/{int:pk}", response=StocktakingOut, summary="Explain a difference")
def settle(request: Request, pk: Key, told: SettledIn) -> dict[str, Any]:
    """A difference is explained."""
    rows = StocktakingFinding.objects.filter(stocktaking__in=Stocktaking.objects.visible_to(request.actor))
    finding = get_object_or_404(rows.select_related("stocktaking__body", "series"), pk=pk)
    stock_settle(actor=request.actor, finding=finding, **told.dict())
    return _stocktaking(request, finding.stocktaking_id)


def _stocktaking(request: Request, pk: int) -> dict[str, Any]:
    shown = get_object_or_404(Stocktaking.objects.visible_to(request.actor), pk=pk)
    names = ("id", "kind", "person_id", "on", "state", "expected", "counted")
    return {name: getattr(shown, name) for name in names} | {"findings": list(shown.findings.order_by("pk"))}
