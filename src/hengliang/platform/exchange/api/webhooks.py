"""Webhooks and their deliveries; secrets are shown once."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Schema, Status

from hengliang.platform.core.interface import (
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
from hengliang.platform.exchange.api.mounting import router
from hengliang.platform.exchange.models import (
    Webhook,
    WebhookDelivery,
)
from hengliang.platform.exchange.selectors import (
    delivery_list,
    webhook_list,
)
from hengliang.platform.parties.models import Organisation

DeliveryState = Annotated[WebhookDelivery.State, words_of(WebhookDelivery.State)]


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


class DeliveryFilter(Schema):
    """Which deliveries."""

    state: DeliveryState | None = None


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


@router.post("/webhooks/{pk}/try", response={201: DeliveryOut})
def try_out(request: Request, pk: Path[Key]) -> Status[WebhookDelivery]:
    """Have an event delivered that tells nothing, to see whether the receiver takes it."""
    return Status(201, services.webhook_try(actor=request.actor, webhook=webhook(request, pk)))


@router.post("/webhooks/{pk}/resume", response=WebhookOut)
def resume(request: Request, pk: Path[Key]) -> Webhook:
    """Deliver again."""
    found = webhook(request, pk)
    services.webhook_resume(actor=request.actor, webhook=found)
    return found


@router.get("/webhooks/{pk}/deliveries", response=Listed[DeliveryOut])
def deliveries(request: Request, pk: Path[Key], asked: Query[DeliveryFilter], part: Part) -> dict[str, Any]:
    """The deliveries of a webhook, newest first; `state=dead` are those that were given up."""
    rows = delivery_list(request.actor).filter(webhook=webhook(request, pk), **asked.dict(exclude_none=True))
    return listed(rows, part)


@router.post("/webhooks/{pk}/{act}", response=WebhookOut)
def stop(request: Request, pk: Path[Key], act: Literal["suspend", "end"], told: Reasoned) -> Webhook:
    """Pause a webhook, or end it."""
    found = webhook(request, pk)
    getattr(services, f"webhook_{act}")(actor=request.actor, webhook=found, reason=told.reason)
    return found


@router.post("/webhooks/{pk}/deliveries/{delivery}/again", response=DeliveryOut)
def replay(request: Request, pk: Path[Key], delivery: Path[Key], told: Reasoned) -> WebhookDelivery:
    """Deliver once more, under the same message id."""
    found = get_object_or_404(delivery_list(request.actor), webhook=webhook(request, pk), pk=delivery)
    services.webhook_delivery_replay(actor=request.actor, delivery=found, reason=told.reason)
    found.refresh_from_db()
    return found
