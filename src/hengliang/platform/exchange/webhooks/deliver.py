"""Deliveries that are due are tried, one webhook after another, each webhook in the order of its events.

An attempt is taken first (its number and a lease are committed), then made, then its answer is kept. Whoever is killed
in between leaves a delivery that waits; when its lease has ended it is tried again, under the same id. So each event
arrives at least once, and a receiver tells doubles by `webhook-id`.
Promised order: first attempts are made in the order of the log. What failed holds up nothing that came after it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from hengliang.platform.core.rights import Actor
from hengliang.platform.core.services import notify
from hengliang.platform.exchange.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookSecret
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.states import ACTIVE
from hengliang.platform.exchange.webhooks.post import Answered, post
from hengliang.platform.exchange.webhooks.schedule import LEASE, next_try
from hengliang.platform.exchange.webhooks.signature import headers, unseal
from hengliang.platform.parties.selectors import accounts_of

State = WebhookDelivery.State
Clock = Callable[[], datetime]
MOST_AT_ONCE = 200
# Milliseconds of a round after which a webhook waits for the next: a receiver that is slow, or hangs on purpose, holds
# up the others by so much and no more.
SHARE = 10_000
log = structlog.get_logger(__name__)


def deliver_due(clock: Clock) -> int:
    """One round: try what is due, each webhook within its share of time; gives how many arrived."""
    arrived, spent = 0, Counter[int]()
    for _attempt in range(MOST_AT_ONCE):
        over = [hook for hook, milliseconds in spent.items() if milliseconds >= SHARE]
        taken = _take(clock(), over)
        if taken is None:
            break
        answered = _try(taken, clock)
        arrived += answered.good
        spent[taken.webhook_id] += answered.milliseconds
    return arrived


def is_due(at: datetime) -> bool:
    """Whether a delivery waits whose time has come."""
    return _due(at).exists()


def _due(at: datetime) -> "QuerySet[WebhookDelivery]":
    return WebhookDelivery.objects.filter(state=State.WAITING, next_at__lte=at, webhook__state=ACTIVE)


def _take(at: datetime, over: Sequence[int]) -> WebhookDelivery | None:
    """The next delivery that is due, with its attempt counted and a lease on it."""
    with transaction.atomic():
        due = _due(at).exclude(webhook__in=over).select_for_update(skip_locked=True, of=("self",))
        row = due.select_related("webhook").order_by("sequence", "pk").first()
        if row is not None:
            row.tries += 1
            row.next_at = at + LEASE
            row.save(update_fields=["tries", "next_at"])
    return row


def _try(row: WebhookDelivery, clock: Clock) -> Answered:
    at = clock()
    answered = _posted(row, at)
    with transaction.atomic():
        WebhookAttempt.objects.create(
            delivery=row, at=at, milliseconds=answered.milliseconds, status=answered.status, error=answered.error
        )
        _settle(row, answered, clock())
    if not answered.good:
        log.warning("webhook_not_taken", delivery=row.pk, status=answered.status, error=answered.error)
    return answered


def _posted(row: WebhookDelivery, at: datetime) -> Answered:
    """One attempt; a secret that this deployment can't open (its key was lost) fails like any other answer."""
    try:
        return post(row.webhook.url, _headers(row, at), row.body)
    except InvalidToken:
        return Answered(None, "secret_unreadable", 0)


def _settle(row: WebhookDelivery, answered: Answered, at: datetime) -> None:
    """Delivered, tried again later, or given up with a word to those who subscribed."""
    again = None if answered.gone else next_try(row.tries, at)
    if answered.good:
        row.state, row.delivered_at = State.DELIVERED, at
    elif again is None:
        row.state = State.DEAD
        _tell(row, answered, at)
    else:
        row.next_at = again
    row.save(update_fields=["state", "delivered_at", "next_at"])


def _headers(row: WebhookDelivery, at: datetime) -> dict[str, str]:
    known = [unseal(bytes(secret.sealed)) for secret in secrets_of(row.webhook, at)]
    own = {"content-type": "application/json; charset=utf-8", "user-agent": "Hengliang-Webhooks/1"}
    return own | headers(known, row.message_id, int(at.timestamp()), row.body)


def secrets_of(hook: Webhook, at: datetime) -> list[WebhookSecret]:
    """The secrets that sign at a moment, the newest first."""
    rows = hook.secrets.filter(begins_at__lte=at).order_by("-begins_at", "-pk")
    return [row for row in rows if row.ends_at is None or row.ends_at > at]


def _tell(row: WebhookDelivery, answered: Answered, at: datetime) -> None:
    hook = row.webhook
    accounts = accounts_of([hook.organisation_id], SUBSCRIBES, Actor(at).today).get(hook.organisation_id, [])
    notify(
        accounts=accounts, kind="webhook.given_up", at=at, url=reverse("exchange:webhook_delivery", args=[row.pk]),
        event=row.event, address=hook.url, answer=str(answered.status or answered.error), tries=row.tries,
    )  # fmt: skip
