"""The list of one's notifications."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import message_of
from hengliang.platform.core.models import Notification
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import BulkAct, Column, DateFilter, Empty, Table


class NotificationTable(Table):
    """What one was told, newest first."""

    name, title = "notifications", _("Notifications")
    columns = (
        Column("title", _("Message"), opens=True, get=lambda n: message_of(n).title),
        Column("body", _("More"), get=lambda n: message_of(n).body),
        Column("created_at", _("Received"), sort="created_at"),
        Column("state", _("State"), cell=cells.state, get=lambda n: f"notification.{'read' if n.read_at else 'new'}"),
        Column("deliveries", _("Sent by"), hidden=True, get=lambda n: _sent(n)),
    )
    filters = (DateFilter("received", _("Received"), field="created_at", moments=True),)
    acts = (BulkAct(_("Mark as read"), "core:notifications_read"),)
    default_sort = "-created_at"
    empty = Empty(_("No notification yet"), _("What concerns you is told here, and by e-mail."))

    def row_url(self, row: Notification) -> str:
        """Its page, through the address that marks it as read."""
        return reverse("core:notification", args=[row.pk])


def _sent(row: Notification) -> str:
    return ", ".join(f"{d.channel} ✓" if d.delivered_at else f"{d.channel} ✗ {d.error}" for d in row.deliveries.all())
