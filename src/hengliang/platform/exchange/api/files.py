"""Systems, their files and their numbers, and the sheets that go out."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Path, Query, Schema, Status
from ninja.files import UploadedFile

from hengliang.platform.core.interface import (
    Day,
    Key,
    Line,
    Listed,
    Part,
    Reasoned,
    listed,
    upto,
    words_of,
)
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import services
from hengliang.platform.exchange.api.mounting import instrument_seen, router
from hengliang.platform.exchange.batch_work import accept_soon, drop, read_soon
from hengliang.platform.exchange.models import (
    Dispatch,
    DispatchRow,
    InboundBatch,
    InboundRow,
    OutsideId,
    OutsideSystem,
)
from hengliang.platform.exchange.reasons import reason_words
from hengliang.platform.exchange.refused import refused_file
from hengliang.platform.exchange.selectors import (
    batch_list,
    dispatch_list,
    row_list,
    sent_list,
    system_list,
)
from hengliang.platform.exchange.states import BATCH

BatchKind = Annotated[InboundBatch.Kind, words_of(InboundBatch.Kind)]
DispatchKind = Annotated[Dispatch.Kind, words_of(Dispatch.Kind)]
InboundOutcome = Annotated[InboundRow.Outcome, words_of(InboundRow.Outcome)]
BATCH_STATES = "|".join(state.code for state in BATCH.states)


class SystemOut(Schema):
    """An outside system."""

    id: int = Field(examples=[1])
    code: str = Field(examples=["ecqs"])
    name: str = Field(examples=["全国强检平台"])
    kind: str = Field(examples=["national"])
    region_id: int = Field(examples=[2])
    profile: str = Field(examples=["ecqs-sheet"])
    adapter: str = Field(examples=["sheet_file"])
    state: str = Field(examples=["active"])
    waiting: int = Field(examples=[3], description="differences that wait to be settled")


class BatchOut(Schema):
    """A file of an outside system."""

    id: int = Field(examples=[4])
    system_id: int = Field(examples=[1])
    kind: BatchKind = Field(examples=["ledger"])
    file_name: str = Field(examples=["e-CQS导出.xlsx"])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    stated_on: date = Field(examples=["2026-03-02"])
    complete: bool = Field(examples=[False])
    state: str = Field(examples=["compared"])
    step: str = Field(examples=[""], description="what the worker does with it now; empty when nothing is under way")
    done: int = Field(examples=[0], description="rows done of that step")
    rows: int = Field(examples=[120])
    counts: dict[str, int] = Field(examples=[{"new": 3, "same": 110, "different": 5, "refused": 2}])
    missing: int = Field(examples=[0])
    problem: dict[str, Any] = Field(examples=[{}])


class BatchFilter(Schema):
    """Which files."""

    state: str | None = Field(None, pattern=f"^({BATCH_STATES})$", examples=["compared"])
    kind: BatchKind | None = None


class BatchIn(Schema):
    """What is said of a file that is brought in."""

    kind: BatchKind = InboundBatch.Kind.LEDGER
    complete: bool = False
    stated_on: Day | None = None


class InboundRowOut(Schema):
    """A row of a file, with its receipt."""

    number: int = Field(examples=[2])
    outside_id: str = Field(examples=["3401000001"])
    outcome: str = Field(examples=["different"])
    receipt: str = Field(examples=["waiting"])
    instrument: str | None = Field(examples=["7K3MZQ9RWA"])
    code: str = Field(examples=["differs"])
    reason: str = Field(examples=["部分字段不一致；未写入任何内容，待人工处理。"])
    differences: list[dict[str, Any]] = Field(
        examples=[[{"field": "place", "ours": "1号岛", "theirs": "2号岛", "base": None, "side": ""}]]
    )

    @staticmethod
    def resolve_instrument(row: InboundRow) -> str | None:
        """The code here."""
        return row.instrument.code if row.instrument else None

    @staticmethod
    def resolve_reason(row: InboundRow) -> str:
        """Why, in words."""
        return reason_words(row.code, row.params)


class InboundRowFilter(Schema):
    """Which rows."""

    outcome: InboundOutcome | None = None


class DispatchOut(Schema):
    """A sheet that was sent."""

    id: int = Field(examples=[5])
    system_id: int = Field(examples=[1])
    kind: DispatchKind = Field(examples=["results"])
    until: date = Field(examples=["2026-03-02"])
    rows: int = Field(examples=[40])
    accepted: int = Field(examples=[38])
    refused: int = Field(examples=[1])
    file_name: str = Field(examples=["ecqs-results-2026-03-02-1.xlsx"])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class DispatchIn(Schema):
    """What is to be sent."""

    kind: DispatchKind = Dispatch.Kind.RESULTS
    until: Day | None = None


class SentRowOut(Schema):
    """A row that was sent."""

    id: int = Field(examples=[9])
    number: int = Field(examples=[1])
    key: str = Field(examples=["ecqs-1-1"])
    instrument: str = Field(alias="instrument.code", examples=["7K3MZQ9RWA"])
    receipt: str = Field(examples=["accepted"])
    receipt_reason: str = Field(examples=[""])
    again: bool = Field(examples=[False], description="to be sent again")

    @staticmethod
    def resolve_again(row: DispatchRow) -> bool:
        """Whether the next sheet holds it again."""
        return row.again_by_id is not None


class OutsideIdIn(Schema):
    """The number of an instrument there."""

    instrument: Line = Field(examples=["7K3MZQ9RWA"])
    value: Annotated[str, upto(100)] = Field(examples=["3401000001"])


class OutsideIdOut(Schema):
    """A number by which a system knows an object of ours."""

    id: int = Field(examples=[3])
    kind: str = Field(examples=["instrument"])
    value: str = Field(examples=["3401000001"])
    valid_from: date = Field(examples=["2026-03-02"])


@router.get("/systems", response=Listed[SystemOut])
def systems(request: Request, part: Part) -> dict[str, Any]:
    """The outside systems of the regions that the actor oversees, or in which its body takes part."""
    return listed(system_list(request.actor), part)


@router.get("/systems/{pk}", response=SystemOut)
def system(request: Request, pk: Path[Key]) -> OutsideSystem:
    """One outside system."""
    return get_object_or_404(system_list(request.actor), pk=pk)


@router.post("/systems/{pk}/files", response={201: BatchOut, 202: BatchOut})
def bring(request: Request, pk: Path[Key], told: Form[BatchIn], file: File[UploadedFile]) -> Status[InboundBatch]:
    """Bring in a file and have it compared; nothing is written until it is accepted.

    201: it was compared at once. 202: it is large, the worker compares it; ask for the file until its `step` is empty.
    """
    batch = services.batch_receive(
        actor=request.actor,
        system=system(request, pk),
        file_name=file.name or "",
        chunks=file.chunks(),
        **told.dict(),
    )
    if batch.state != "compared" and not batch.step:
        read_soon(batch, request.actor)
    return Status(202 if batch.step else 201, batch)


@router.post("/systems/{pk}/sheets", response={201: DispatchOut})
def send(request: Request, pk: Path[Key], told: DispatchIn) -> Status[Dispatch]:
    """Make a sheet of what was not sent yet."""
    made = services.dispatch_make(actor=request.actor, system=system(request, pk), **told.dict())
    return Status(201, sheet(request, made.pk))


@router.post("/systems/{pk}/numbers", response={201: OutsideIdOut})
def number(request: Request, pk: Path[Key], told: OutsideIdIn) -> Status[OutsideId]:
    """Link an instrument with its number there."""
    made = services.outside_id_enter(
        actor=request.actor, system=system(request, pk), value=told.value,
        instrument=instrument_seen(request, told.instrument),
    )  # fmt: skip
    return Status(201, made)


@router.get("/files", response=Listed[BatchOut])
def files(request: Request, asked: Query[BatchFilter], part: Part) -> dict[str, Any]:
    """The files that came, newest first."""
    return listed(batch_list(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.get("/files/{pk}", response=BatchOut)
def file_of(request: Request, pk: Path[Key]) -> InboundBatch:
    """One file."""
    return get_object_or_404(batch_list(request.actor), pk=pk)


@router.get("/files/{pk}/rows", response=Listed[InboundRowOut])
def rows(request: Request, pk: Path[Key], asked: Query[InboundRowFilter], part: Part) -> dict[str, Any]:
    """The rows of a file with their receipts, the last first."""
    return listed(row_list(file_of(request, pk)).filter(**asked.dict(exclude_none=True)), part)


@router.get("/files/{pk}/refused")
def refused_of(request: Request, pk: Path[Key]) -> HttpResponse:
    """The rows that were turned away, as CSV: what was sent, with row, columns at fault, reason and remedy."""
    return HttpResponse(b"".join(refused_file(file_of(request, pk), "csv")), content_type="text/csv; charset=utf-8")


@router.post("/files/{pk}/{act}", response={200: BatchOut, 202: BatchOut})
def settle_file(
    request: Request, pk: Path[Key], act: Literal["accept", "read", "drop"]
) -> Status[InboundBatch]:  # fmt: skip
    """Accept a compared file, compare it anew, or drop it.

    202: it is large, the worker does it; ask for the file until its `step` is empty.
    """
    found = file_of(request, pk)
    {"accept": accept_soon, "read": read_soon, "drop": drop}[act](found, request.actor)
    return Status(202 if found.step else 200, found)


@router.get("/sheets", response=Listed[DispatchOut])
def sheets(request: Request, part: Part) -> dict[str, Any]:
    """The sheets that were sent, newest first."""
    return listed(dispatch_list(request.actor), part)


@router.get("/sheets/{pk}", response=DispatchOut)
def sheet(request: Request, pk: Path[Key]) -> Dispatch:
    """One sheet."""
    return get_object_or_404(dispatch_list(request.actor), pk=pk)


@router.get("/sheets/{pk}/content")
def sheet_content(request: Request, pk: Path[Key]) -> HttpResponse:
    """The bytes of a sheet."""
    return HttpResponse(bytes(sheet(request, pk).content), content_type="application/octet-stream")


@router.get("/sheets/{pk}/rows", response=Listed[SentRowOut])
def sent_rows(request: Request, pk: Path[Key], part: Part) -> dict[str, Any]:
    """The rows of a sheet with the receipts of the other system, the last first."""
    return listed(sent_list(sheet(request, pk)), part)


@router.post("/sheets/{pk}/rows/{key}/again", response=SentRowOut)
def again(request: Request, pk: Path[Key], key: Annotated[str, upto(40)], told: Reasoned) -> DispatchRow:
    """Let the next sheet hold a row again."""
    row = get_object_or_404(sent_list(sheet(request, pk)), key=key)
    services.result_send_again(actor=request.actor, row=row, reason=told.reason)
    return row
