"""A reader has seen notifications; theirs alone, and no act of the ledger."""

from django.db.models import QuerySet

from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import notifications_of


def notification_read(*, actor: Actor, rows: "QuerySet[Notification] | None" = None) -> int:
    """Mark the actor's own notifications as read, all of them or those given; gives how many were unread."""
    own = notifications_of(actor) if rows is None else rows.filter(account_id=actor.account_id or 0)
    return own.order_by().filter(read_at=None).update(read_at=actor.at)
