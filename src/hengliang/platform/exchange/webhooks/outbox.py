"""Events become deliveries, from the log: in its order, after commit, each once.

The log gives each act its position only when its transaction is committed, and without gaps; so a cursor over positions
misses nothing that was under way while another was read. Cursor and deliveries are written in one transaction: killed
in between, it is as if it had not begun.
"""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from hengliang.platform.core.models import Act, LogEntry
from hengliang.platform.core.rights import Actor, Grant, Role
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.exchange.models import Webhook, WebhookCursor, WebhookDelivery
from hengliang.platform.exchange.states import ACTIVE, PAUSED
from hengliang.platform.exchange.webhooks.events import EVENTS, Event
from hengliang.platform.parties.models import RoleAssignment

CURSOR = "outbox"
BATCH = 500


def last_position() -> int:
    """The position of the newest entry of the log; -1 of an empty one."""
    newest = LogEntry.objects.aggregate(last=Max("position"))["last"]
    return -1 if newest is None else int(newest)


def make_deliveries(at: datetime) -> int:
    """Make the deliveries for what was logged since; gives how many entries were read."""
    with transaction.atomic():
        cursor, _made = WebhookCursor.objects.get_or_create(name=CURSOR, defaults={"position": last_position()})
        cursor = WebhookCursor.objects.select_for_update().get(pk=cursor.pk)
        rows = LogEntry.objects.filter(position__gt=cursor.position).order_by("position").select_related("act")
        entries = list(rows[:BATCH])
        if not entries:
            return 0
        subscribed = _Subscribed(at)
        for entry in entries:
            if event := EVENTS.get(entry.act.kind):
                WebhookDelivery.objects.bulk_create(
                    subscribed.deliveries(entry, event), ignore_conflicts=True
                )  # fmt: skip
        cursor.position = entries[-1].position or cursor.position
        cursor.save(update_fields=["position"])
    return len(entries)


class _Subscribed:
    """The webhooks that stand, each with what its organisation may see."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.hooks = list(Webhook.objects.filter(state__in=[ACTIVE, PAUSED]))
        self.actors = {hook.pk: actor_of_organisation(hook.organisation_id, at) for hook in self.hooks}

    def deliveries(self, entry: LogEntry, event: Event) -> Iterable[WebhookDelivery]:
        position = entry.position or 0
        for hook in self.hooks:
            if event.code not in hook.events or position < hook.from_position:
                continue
            for facts in event.tell(entry.act, self.actors[hook.pk]):
                yield delivery_of(hook, entry.act, position, event.code, facts, self.at)


def delivery_of(hook: Webhook, act: Act, position: int, code: str, facts: object, at: datetime) -> WebhookDelivery:
    """A delivery that is due at once, not saved yet."""
    told = {
        "type": code, "timestamp": act.at.isoformat(), "sequence": position, "on": act.on.isoformat(), "data": facts,
    }  # fmt: skip
    return WebhookDelivery(
        webhook=hook, act=act, event=code, message_id=f"msg_{secrets.token_hex(14)}",
        sequence=position, body=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        next_at=at, created_at=at,
    )  # fmt: skip


def actor_of_organisation(organisation_id: int, at: datetime) -> Actor:
    """What the organisation may see on a day: the roles that are held there, together. It can do nothing by it."""
    today = Actor(at).today
    roles = RoleAssignment.objects.on(today).filter(organisation=organisation_id).exclude(role=Role.ADMINISTRATOR)
    grants = {
        Grant(
            Role(role), organisation_id, regions_under([region], today) if region else frozenset()
        )
        for role, region in roles.values_list("role", "region_id").distinct()
    }  # fmt: skip
    return Actor(at, None, "", tuple(grants))
