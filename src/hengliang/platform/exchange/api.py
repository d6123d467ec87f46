"""Exchange for programs: files in and out, differences, webhooks; the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile

from hengliang.platform.core.interface import (
    Day,
    Key,
    Line,
    Listed,
    Optional,
    Part,
    Reasoned,
    listed,
    upto,
    words_of,
)
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import services
from hengliang.platform.exchange.models import (
    Discrepancy,
    Dispatch,
    DispatchRow,
    InboundBatch,
    InboundRow,
    OutsideId,
    OutsideSystem,
    Webhook,
    WebhookDelivery,
)
from hengliang.platform.exchange.reasons import reason_words
from hengliang.platform.exchange.selectors import (
    batch_list,
    delivery_list,
    discrepancy_list,
    dispatch_list,
    row_list,
    sent_list,
    system_list,
    webhook_list,
)
from hengliang.platform.exchange.states import BATCH, DISCREPANCY
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.models import Instrument, InstrumentState

router = Router(tags=["exchange"])
BatchKind = Annotated[InboundBatch.Kind, words_of(InboundBatch.Kind)]
DispatchKind = Annotated[Dispatch.Kind, words_of(Dispatch.Kind)]
DifferenceKind = Annotated[Discrepancy.Kind, words_of(Discrepancy.Kind)]
BATCH_STATES = "|".join(state.code for state in BATCH.states)
DIFFERENCE_STATES = "|".join(state.code for state in DISCREPANCY.states)


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


class DifferenceOut(Schema):
    """A difference between two systems."""

    id: int = Field(examples=[6])
    system_id: int = Field(examples=[1])
    kind: DifferenceKind = Field(examples=["different"])
    state: str = Field(examples=["open"])
    instrument: str | None = Field(examples=["7K3MZQ9RWA"])
    proposed: str | None = Field(examples=[None])
    outside_id: str = Field(examples=["3401000001"])
    since: date = Field(examples=["2026-03-02"])
    seen_on: date = Field(examples=["2026-03-09"])
    ignored_until: date | None = Field(examples=[None])
    fields: list[dict[str, Any]] = Field(
        examples=[[{"field": "place", "ours": "1号岛", "theirs": "2号岛", "base": "1号岛", "side": "theirs"}]]
    )

    @staticmethod
    def resolve_instrument(row: Discrepancy) -> str | None:
        """The code here."""
        return row.instrument.code if row.instrument else None

    @staticmethod
    def resolve_proposed(row: Discrepancy) -> str | None:
        """The code of what may be the same."""
        return row.proposed.code if row.proposed else None


class DifferenceFilter(Schema):
    """Which differences."""

    state: str | None = Field(None, pattern=f"^({DIFFERENCE_STATES})$", examples=["open"])
    kind: DifferenceKind | None = None
    system_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class TakeIn(Reasoned):
    """Which fields are taken; all that differ where none is named."""

    fields: list[Line] | None = Field(None, max_length=40, examples=[["place"]])


class LinkIn(Reasoned):
    """Which instrument their number names; the number where the difference has none."""

    instrument: Line = Field(examples=["7K3MZQ9RWA"])
    value: Annotated[str, upto(100)] = Field("", examples=["3401000001"])


class IgnoreIn(Reasoned):
    """Until when it is left."""

    until: Day


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


class WebhookIn(Schema):
    """Where to, and what."""

    organisation_id: Key
    url: Annotated[str, upto(500)] = Field(examples=["https://receiver.example/hook"])
    events: list[Line] = Field(min_length=1, max_length=40, examples=[["certificate.issued"]])
    description: Optional = ""


class WebhookOut(Schema):
    """A webhook."""

    id: int = Field(examples=[2])
    organisation_id: int = Field(examples=[12])
    url: str = Field(examples=["https://receiver.example/hook"])
    events: list[str] = Field(examples=[["certificate.issued"]])
    description: str = Field(examples=[""])
    state: str = Field(examples=["active"])


class WebhookMade(WebhookOut):
    """A webhook with its secret, which is shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class SecretIn(Schema):
    """How long the old secret signs too."""

    overlap_hours: int = Field(24, ge=0, le=168)


class SecretOut(Schema):
    """A new secret, which is shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class DeliveryOut(Schema):
    """A delivery of an event."""

    id: int = Field(examples=[8])
    webhook_id: int = Field(examples=[2])
    event: str = Field(examples=["certificate.issued"])
    message_id: str = Field(examples=["msg_5f0c8b4f9b4d4a0a9d1e2f3a4b5c"])
    sequence: int = Field(examples=[1042])
    state: str = Field(examples=["delivered"])
    tries: int = Field(examples=[1])
    delivered_at: datetime | None = Field(examples=["2026-03-02T02:00:01Z"])


@router.get("/systems", response=Listed[SystemOut])
def systems(request: Request, part: Part) -> dict[str, Any]:
    """The outside systems of the regions that the actor oversees, or in which its body takes part."""
    return listed(system_list(request.actor), part)


@router.get("/systems/{pk}", response=SystemOut)
def system(request: Request, pk: Path[Key]) -> OutsideSystem:
    """One outside system."""
    return get_object_or_404(system_list(request.actor), pk=pk)


@router.post("/systems/{pk}/files", response={201: BatchOut})
def bring(request: Request, pk: Path[Key], told: Form[BatchIn], file: File[UploadedFile]) -> Status[InboundBatch]:
    """Bring in a file and have it compared; nothing is written until it is accepted."""
    batch = services.batch_receive(
        actor=request.actor,
        system=system(request, pk),
        file_name=file.name or "",
        chunks=file.chunks(),
        **told.dict(),
    )
    return Status(201, services.batch_read(actor=request.actor, batch=batch))


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
        instrument=_instrument(request, told.instrument),
    )  # fmt: skip
    return Status(201, made)


def _instrument(request: Request, code: str) -> Instrument:
    seen = InstrumentState.objects.visible_to(request.actor).current().select_related("instrument")
    return get_object_or_404(seen, instrument__code=tidy(code)).instrument


@router.get("/files", response=Listed[BatchOut])
def files(request: Request, asked: Query[BatchFilter], part: Part) -> dict[str, Any]:
    """The files that came, newest first."""
    return listed(batch_list(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.get("/files/{pk}", response=BatchOut)
def file_of(request: Request, pk: Path[Key]) -> InboundBatch:
    """One file."""
    return get_object_or_404(batch_list(request.actor), pk=pk)


@router.get("/files/{pk}/rows", response=Listed[InboundRowOut])
def rows(request: Request, pk: Path[Key], part: Part) -> dict[str, Any]:
    """The rows of a file with their receipts, the last first."""
    return listed(row_list(file_of(request, pk)), part)


@router.post("/files/{pk}/{act}", response=BatchOut)
def settle_file(request: Request, pk: Path[Key], act: Literal["accept", "read", "drop"]) -> InboundBatch:
    """Accept a compared file, compare it anew, or drop it."""
    found = file_of(request, pk)
    getattr(services, f"batch_{act}")(actor=request.actor, batch=found)
    return found


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


@router.get("/differences", response=Listed[DifferenceOut])
def differences(request: Request, asked: Query[DifferenceFilter], part: Part) -> dict[str, Any]:
    """The differences of the regions that the actor oversees, newest first."""
    return listed(discrepancy_list(request.actor).filter(**asked.dict(exclude_none=True)), part)


@router.get("/differences/{pk}", response=DifferenceOut)
def difference(request: Request, pk: Path[Key]) -> Discrepancy:
    """One difference."""
    return get_object_or_404(discrepancy_list(request.actor), pk=pk)


@router.post("/differences/{pk}/take", response=DifferenceOut)
def take(request: Request, pk: Path[Key], told: TakeIn) -> Discrepancy:
    """Take their values, by the ledger's own acts."""
    found = difference(request, pk)
    services.discrepancy_take(actor=request.actor, discrepancy=found, **told.dict())
    return found


@router.post("/differences/{pk}/link", response=DifferenceOut)
def link(request: Request, pk: Path[Key], told: LinkIn) -> Discrepancy:
    """Their number and an instrument are one."""
    found = difference(request, pk)
    services.discrepancy_link(
        actor=request.actor, discrepancy=found, instrument=_instrument(request, told.instrument), reason=told.reason,
        value=told.value,
    )  # fmt: skip
    return found


@router.post("/differences/{pk}/ignore", response=DifferenceOut)
def ignore(request: Request, pk: Path[Key], told: IgnoreIn) -> Discrepancy:
    """Leave a difference until a day."""
    found = difference(request, pk)
    services.discrepancy_ignore(actor=request.actor, discrepancy=found, **told.dict())
    return found


@router.post("/differences/{pk}/{act}", response=DifferenceOut)
def settle(
    request: Request, pk: Path[Key], act: Literal["keep", "file", "reopen"], told: Reasoned
) -> Discrepancy:  # fmt: skip
    """Keep ours and send it, file theirs here, or look at it again."""
    found = difference(request, pk)
    getattr(services, f"discrepancy_{act}")(actor=request.actor, discrepancy=found, reason=told.reason)
    return found


@router.get("/webhooks", response=Listed[WebhookOut])
def webhooks(request: Request, part: Part) -> dict[str, Any]:
    """The webhooks of the actor's organisations."""
    return listed(webhook_list(request.actor), part)


@router.post("/webhooks", response={201: WebhookMade})
def subscribe(request: Request, told: WebhookIn) -> Status[dict[str, Any]]:
    """Have events pushed; the answer shows the secret, once."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=told.organisation_id)
    facts = told.dict(exclude={"organisation_id"})
    made, secret = services.webhook_enter(actor=request.actor, organisation=organisation, **facts)
    return Status(201, WebhookOut.from_orm(made).dict() | {"secret": secret})


@router.get("/webhooks/{pk}", response=WebhookOut)
def webhook(request: Request, pk: Path[Key]) -> Webhook:
    """One webhook."""
    return get_object_or_404(webhook_list(request.actor), pk=pk)


@router.post("/webhooks/{pk}/secret", response=SecretOut)
def replace_secret(request: Request, pk: Path[Key], told: SecretIn) -> dict[str, str]:
    """Replace the secret; the answer shows the new one, once."""
    found = webhook(request, pk)
    return {"secret": services.webhook_secret_replace(actor=request.actor, webhook=found, **told.dict())}


@router.post("/webhooks/{pk}/resume", response=WebhookOut)
def resume(request: Request, pk: Path[Key]) -> Webhook:
    """Deliver again."""
    found = webhook(request, pk)
    services.webhook_resume(actor=request.actor, webhook=found)
    return found


@router.post("/webhooks/{pk}/{act}", response=WebhookOut)
def stop(request: Request, pk: Path[Key], act: Literal["suspend", "end"], told: Reasoned) -> Webhook:
    """Pause a webhook, or end it."""
    found = webhook(request, pk)
    getattr(services, f"webhook_{act}")(actor=request.actor, webhook=found, reason=told.reason)
    return found


@router.get("/webhooks/{pk}/deliveries", response=Listed[DeliveryOut])
def deliveries(request: Request, pk: Path[Key], part: Part) -> dict[str, Any]:
    """The deliveries of a webhook, newest first."""
    return listed(delivery_list(request.actor).filter(webhook=webhook(request, pk)), part)


@router.post("/webhooks/{pk}/deliveries/{delivery}/again", response=DeliveryOut)
def replay(request: Request, pk: Path[Key], delivery: Path[Key], told: Reasoned) -> WebhookDelivery:
    """Deliver once more, under the same message id."""
    found = get_object_or_404(delivery_list(request.actor), webhook=webhook(request, pk), pk=delivery)
    services.webhook_delivery_replay(actor=request.actor, delivery=found, reason=told.reason)
    found.refresh_from_db()
    return found
