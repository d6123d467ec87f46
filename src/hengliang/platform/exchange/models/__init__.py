"""Outside systems with their ids, what they sent and what was sent to them, differences, webhooks."""

from hengliang.platform.exchange.models.differences import AgreedValues, Discrepancy
from hengliang.platform.exchange.models.inbound import InboundBatch, InboundRow
from hengliang.platform.exchange.models.outbound import Dispatch, DispatchRow
from hengliang.platform.exchange.models.systems import OutsideId, OutsideSystem, ProfileOverlay
from hengliang.platform.exchange.models.webhooks import (
    Webhook,
    WebhookAttempt,
    WebhookCursor,
    WebhookDelivery,
    WebhookSecret,
)

__all__ = [
    "AgreedValues",
    "Discrepancy",
    "Dispatch",
    "DispatchRow",
    "InboundBatch",
    "InboundRow",
    "OutsideId",
    "OutsideSystem",
    "ProfileOverlay",
    "Webhook",
    "WebhookAttempt",
    "WebhookCursor",
    "WebhookDelivery",
    "WebhookSecret",
]
