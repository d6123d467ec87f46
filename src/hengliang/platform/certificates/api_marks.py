"""Marks and their stock for programs: the same acts and selectors as the pages, and the public check of a number."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from hengliang.platform.certificates.marks.carried import NumberAnswer, answer_of_mark, marks_by_number
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.marks.stock import accounts, bodies_seen, in_hand, in_store, skipped
from hengliang.platform.certificates.models import Mark, MarkBatch, Stocktaking, StocktakingFinding
from hengliang.platform.certificates.selectors import UNKNOWN
from hengliang.platform.certificates.services import (
    mark_destroy,
    mark_find,
    mark_remove,
    mark_spoil,
    mark_use,
    marks_hand_out,
    marks_receive,
    marks_take_back,
    photograph_add,
    stock_count,
    stock_settle,
)
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.interface import (
    Day,
    Key,
    Line,
    Listed,
    Optional,
    Part,
    Reason,
    Reasoned,
    Text,
    listed,
    upto,
)
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import Record, Task

router = Router(tags=["marks"])
MARK_STATES = "|".join(state.code for state in MARK.states)
KindCode = Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[a-z_]+$", examples=["label"])]
Number = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["衡检A000123"])]
NumberVerdict = Literal[
    "in_order", "expired", "withdrawn", "replaced", "failed", "cancelled", "genuine", "to_be_removed", "taken_off",
    "not_used", "awaited", "in_force", "unknown",
]  # fmt: skip


class MarkOut(Schema):
    """A mark that left the stock; `last` differs from `number` where one row stands for a range."""

    id: int = Field(examples=[7])
    kind: str = Field(examples=["label"])
    number: str = Field(examples=["衡检A000123"])
    count: int = Field(alias="several", examples=[1])
    state: str = Field(examples=["on_instrument"])
    body_id: int = Field(examples=[2])
    person_id: int | None = Field(examples=[5])
    instrument: str | None = Field(None, alias="instrument.code", examples=["7K3MZQ9RWA"])
    record_id: int | None = Field(examples=[90])
    certificate_id: int | None = Field(examples=[55])
    place: str = Field(examples=[""])
    on: date = Field(examples=["2026-03-02"])
    ended_on: date | None = Field(examples=[None])
    taken_off_by: str = Field(examples=[""])


class MarkFilter(Schema):
    """Which marks."""

    kind: KindCode | None = None
    state: str | None = Field(None, pattern=f"^({MARK_STATES})$", examples=["to_remove"])
    number: Optional = ""
    instrument: Optional = ""


class MarkUseIn(Schema):
    """A number that is put on an instrument."""

    body_id: Key
    kind: KindCode
    number: Number
    instrument: Annotated[str, Field(min_length=1, max_length=16, examples=["7K3MZQ9RWA"])]
    record_id: Key | None = None
    place: Annotated[str, upto(100)] = ""
    on: Day | None = None


class MarkRemovalIn(Schema):
    """That a mark was taken off."""

    taken_off_by: Line
    reason: Reason
    on: Day | None = None


class RunIn(Schema):
    """A run of numbers of one kind."""

    kind: KindCode
    first: Number
    last: Number
    on: Day | None = None


class BatchIn(RunIn):
    """A batch received."""

    supplier: Annotated[str, upto(200)] = ""
    document: Annotated[str, upto(100)] = ""


class HandedIn(RunIn):
    """A run handed to, or taken back from, a person."""

    person_id: Key


class SpoiledIn(Schema):
    """A number written off."""

    kind: KindCode
    number: Number
    reason: Reason
    on: Day | None = None


class DestroyedRun(Schema):
    """Unused numbers from the store."""

    kind: KindCode
    first: Number
    last: Number


class DestroyedIn(Schema):
    """What was destroyed, before whom."""

    marks: Annotated[list[Key], Field(max_length=1000)] = []
    runs: Annotated[list[DestroyedRun], Field(max_length=100)] = []
    first_person_id: Key
    second_person_id: Key
    method: Annotated[str, upto(100)] = ""
    reason: Reason
    on: Day | None = None


class CountIn(Schema):
    """What was counted, with a person or in the store."""

    kind: KindCode
    counted: Text = Field("", examples=["衡检A000101 ~ 衡检A000180"])
    person_id: Key | None = None
    on: Day | None = None


class SettledIn(Schema):
    """How a difference is explained."""

    outcome: Literal["lost", "spoiled", "present"]
    explanation: Reason


class LeftOut(Schema):
    """What is left of a series."""

    kind: str = Field(examples=["label"])
    ranges: list[str] = Field(alias="printed", examples=[["衡检A000101–衡检A000180"]])
    count: int = Field(alias="amount", examples=[80])


class StockAccountOut(Schema):
    """Where the marks of one kind are."""

    kind: str = Field(examples=["label"])
    received: int = Field(examples=[10000])
    store: int = Field(examples=[8900])
    held: int = Field(examples=[999])
    states: dict[str, int] = Field(examples=[{"on_instrument": 98}])


class StockOut(Schema):
    """The stock of a body."""

    accounts: list[StockAccountOut]
    store: list[LeftOut]


class InHandOut(Schema):
    """What a person has in hand, and which numbers of it were skipped."""

    left: list[LeftOut]
    skipped: list[LeftOut]


class MarkBatchOut(Schema):
    """A batch."""

    id: int = Field(examples=[1])
    kind: str = Field(alias="series.kind", examples=["label"])
    received_on: date = Field(examples=["2026-01-05"])
    numbers: str = Field(examples=["衡检A000001–衡检A010000"])

    @staticmethod
    def resolve_numbers(batch: MarkBatch) -> str:
        """First and last number as printed."""
        return str(batch)


class StockFindingOut(Schema):
    """A difference."""

    id: int = Field(examples=[1])
    what: str = Field(examples=["missing"])
    prefix: str = Field(examples=["衡检A"])
    first: int = Field(examples=[41])
    last: int = Field(examples=[42])
    outcome: str = Field(examples=[""])
    explanation: str = Field(examples=[""])


class StocktakingOut(Schema):
    """A stocktaking with its differences."""

    id: int = Field(examples=[1])
    kind: str = Field(examples=["label"])
    person_id: int | None = Field(examples=[5])
    on: date = Field(examples=["2026-03-02"])
    state: str = Field(examples=["differs"])
    expected: list[str] = Field(examples=[["衡检A000001–衡检A000100"]])
    counted: list[str] = Field(examples=[["衡检A000001–衡检A000040"]])
    findings: list[StockFindingOut]


class NumberCheckOut(Schema):
    """What anybody may know of a number."""

    verdict: NumberVerdict = Field(examples=["in_order"])
    kind: str | None = Field(None, examples=["检定合格证"])
    body: str | None = Field(None, examples=["衡城市计量检定所"])
    instrument: str | None = Field(None, examples=["电子计价秤"])
    on: date | None = Field(None, examples=["2026-03-02"])
    valid_until: date | None = Field(None, examples=["2027-03-01"])


class PhotographOut(Schema):
    """A photograph as it is kept."""

    id: int = Field(examples=[3])
    sha256: str = Field(examples=["9f86d081884c7d65…"])


@router.get("", response=Listed[MarkOut], summary="Labels, marks and seals")
def marks(request: Request, asked: Query[MarkFilter], part: Part) -> dict[str, Any]:
    """The marks that left the stock, of those that one may see."""
    wanted = {
        "kind": asked.kind, "state": asked.state, "number": asked.number, "instrument__code": asked.instrument,
    }  # fmt: skip
    rows = Mark.objects.visible_to(request.actor).select_related("instrument")
    return listed(rows.filter(**{name: value for name, value in wanted.items() if value}), part)


@router.post("", response={201: MarkOut}, summary="Put on a mark")
def use(request: Request, told: MarkUseIn) -> Status[Mark]:
    """Put a number on an instrument, out of the hands of whoever verified, or of whoever asks."""
    record = None
    if told.record_id is not None:
        rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
        record = get_object_or_404(rows.select_related("task__instrument", "verifier"), pk=told.record_id)
    seen = Task.objects.visible_to(request.actor).values("instrument")
    states = InstrumentState.objects.visible_to(request.actor).current().values("instrument")
    known = Instrument.objects.filter(pk__in=seen) | Instrument.objects.filter(pk__in=states)
    instrument = get_object_or_404(known.distinct(), code=told.instrument)
    made = mark_use(
        actor=request.actor, number=told.number, kind=told.kind, body=_body(request, told.body_id),
        instrument=instrument, record=record, place=told.place, on=told.on or request.actor.today,
    )  # fmt: skip
    return Status(201, made)


@router.get("/check", response=list[NumberCheckOut], auth=None, summary="Check a number (public)")
def check_number(request: Request, number: Number) -> list[dict[str, Any]]:
    """Whether the mark with a number is in order today; several bodies may have the same. Needs no token."""
    found = [answer_of_mark(mark, request.actor.today) for mark in marks_by_number(number)]
    return [_checked(one, request) for one in found or [NumberAnswer(UNKNOWN)]]


def _checked(answer: NumberAnswer, request: Request) -> dict[str, Any]:
    mark = answer.mark
    if mark is None:
        return {"verdict": answer.verdict}
    return {
        "verdict": answer.verdict,
        "kind": kind_title(mark.kind, request.actor.today),
        "body": mark.body.name,
        "instrument": mark.instrument.name if mark.instrument else None,
        "on": mark.on if mark.instrument else None,
        "valid_until": mark.certificate.valid_until if mark.certificate else None,
    }


@router.get("/{int:pk}", response=MarkOut, summary="One mark")
def mark(request: Request, pk: Key) -> Mark:
    """One mark."""
    return _mark(request, pk)


@router.post("/{int:pk}/removal", response=MarkOut, summary="Record removal")
def removal(request: Request, pk: Key, told: MarkRemovalIn) -> Mark:
    """A mark was taken off."""
    shown = _mark(request, pk)
    mark_remove(actor=request.actor, mark=shown, **told.dict())
    return shown


@router.post("/{int:pk}/found", response=MarkOut, summary="Found again")
def found(request: Request, pk: Key, told: Reasoned) -> Mark:
    """A lost number turned up: it is spoiled."""
    shown = _mark(request, pk)
    mark_find(actor=request.actor, mark=shown, reason=told.reason)
    return shown


@router.post("/{int:pk}/photographs", response={201: PhotographOut}, summary="Add a photograph")
def photograph(request: Request, pk: Key, file: File[UploadedFile]) -> Status[Any]:
    """Add a photograph; what it says of place and device is removed, so its hash changes."""
    return Status(201, photograph_add(actor=request.actor, subject=_mark(request, pk), photograph=file))


@router.get("/stock/{int:body}", response=StockOut, summary="Stock of a body")
def stock(request: Request, body: Key) -> dict[str, Any]:
    """Where the marks of a body are, and what lies in its store."""
    shown = _body(request, body)
    return {"accounts": accounts(body=shown, on=request.actor.today), "store": in_store(body=shown)}


@router.get("/stock/{int:body}/batches", response=Listed[MarkBatchOut], summary="Batches received")
def batches(request: Request, body: Key, part: Part) -> dict[str, Any]:
    """What a body received."""
    rows = MarkBatch.objects.visible_to(request.actor).filter(series__body=_body(request, body))
    return listed(rows.select_related("series"), part)


@router.post("/stock/{int:body}/batches", response={201: MarkBatchOut}, summary="Receive a batch")
def receive(request: Request, body: Key, told: BatchIn) -> Status[MarkBatch]:
    """A batch comes into the store."""
    return Status(201, marks_receive(actor=request.actor, body=_body(request, body), **told.dict()))


@router.get("/stock/{int:body}/people/{int:person}", response=InHandOut, summary="In hand of a person")
def held(request: Request, body: Key, person: Key) -> dict[str, Any]:
    """What a person has in hand today."""
    where, who = _body(request, body), get_object_or_404(Person, pk=person)
    return {
        "left": in_hand(body=where, person=who, on=request.actor.today),
        "skipped": skipped(body=where, person=who, on=request.actor.today),
    }


@router.post("/stock/{int:body}/hand-out", response={204: None}, summary="Hand out")
def hand_out(request: Request, body: Key, told: HandedIn) -> Status[None]:
    """A run from the store goes to a person."""
    marks_hand_out(actor=request.actor, body=_body(request, body), **_handed(told))
    return Status(204, None)


@router.post("/stock/{int:body}/take-back", response={204: None}, summary="Take back")
def take_back(request: Request, body: Key, told: HandedIn) -> Status[None]:
    """A run of unused numbers comes back into the store."""
    marks_take_back(actor=request.actor, body=_body(request, body), **_handed(told))
    return Status(204, None)


def _handed(told: HandedIn) -> dict[str, Any]:
    given = told.dict()
    return given | {"person": get_object_or_404(Person, pk=given.pop("person_id"))}


@router.post("/stock/{int:body}/spoiled", response={201: MarkOut}, summary="Write off a spoiled number")
def spoil(request: Request, body: Key, told: SpoiledIn) -> Status[Mark]:
    """A number is spoiled."""
    return Status(201, mark_spoil(actor=request.actor, body=_body(request, body), **told.dict()))


@router.post("/stock/{int:body}/destroyed", response={204: None}, summary="Destroy before two people")
def destroy(request: Request, body: Key, told: DestroyedIn) -> Status[None]:
    """Marks are destroyed."""
    mark_destroy(
        actor=request.actor, body=_body(request, body), method=told.method, reason=told.reason, on=told.on,
        first_person=get_object_or_404(Person, pk=told.first_person_id),
        second_person=get_object_or_404(Person, pk=told.second_person_id),
        marks=[_mark(request, pk) for pk in told.marks],
        runs=[(one.kind, one.first, one.last) for one in told.runs],
    )  # fmt: skip
    return Status(204, None)


@router.post("/stock/{int:body}/counts", response={201: StocktakingOut}, summary="Count")
def count(request: Request, body: Key, told: CountIn) -> Status[Any]:
    """What was counted is held against the books."""
    person = get_object_or_404(Person, pk=told.person_id) if told.person_id else None
    made = stock_count(
        actor=request.actor, body=_body(request, body), kind=told.kind, counted=told.counted, person=person, on=told.on
    )
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


def _mark(request: Request, pk: int) -> Mark:
    rows = Mark.objects.visible_to(request.actor).select_related("instrument", "series", "body")
    return get_object_or_404(rows, pk=pk)


def _body(request: Request, pk: int) -> Organisation:
    return get_object_or_404(bodies_seen(request.actor), pk=pk)
