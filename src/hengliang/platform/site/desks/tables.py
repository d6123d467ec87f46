"""Lists for whoever operates the platform."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import message_of
from hengliang.platform.core.pages.table import BooleanFilter, ChoiceFilter, Column, Empty, Table
from hengliang.platform.core.tasks import MOST_ATTEMPTS

STATUSES = (
    ("todo", _("Waiting")),
    ("doing", _("Running")),
    ("succeeded", _("Done")),
    ("failed", _("Failed")),
    ("cancelled", _("Cancelled")),
)


class JobTable(Table):
    """Jobs of the platform, newest first."""

    name, title = "jobs", _("Jobs")
    columns = (
        Column("id", _("Number"), sort="id", align="end"),
        Column("task_name", _("Job"), sort="task_name"),
        Column("queue_name", _("Queue")),
        Column("status", _("State"), get=lambda j: str(dict(STATUSES).get(j.status, j.status))),
        Column("attempts", _("Attempts"), align="end"),
        Column("scheduled_at", _("Not before"), sort="scheduled_at"),
    )
    filters = (ChoiceFilter("status", _("State"), choices=STATUSES, several=True),)
    default_sort = "-id"
    empty = Empty(_("No job"), _("Jobs are put here by the platform itself."))


class DeliveryTable(Table):
    """Messages that have not arrived."""

    name, title = "deliveries", _("Messages not delivered")
    columns = (
        Column("title", _("Message"), get=lambda d: message_of(d.notification).title),
        Column("account", _("Account"), get=lambda d: d.notification.account_id, align="end"),
        Column("channel", _("Sent by"), sort="channel"),
        Column("attempts", _("Attempts"), sort="attempts", align="end"),
        Column("error", _("What went wrong")),
        Column("created_at", _("Since"), get=lambda d: d.notification.created_at, sort="notification__created_at"),
    )
    filters = (
        BooleanFilter(
            "given_up",
            _("Given up"),
            narrow_by=lambda rows, yes: (
                rows.filter(attempts__gte=MOST_ATTEMPTS) if yes else rows.filter(attempts__lt=MOST_ATTEMPTS)
            ),
        ),
    )
    default_sort = "-created_at"
    empty = Empty(_("Everything was delivered"), _("Messages stand here until a channel has taken them."))
