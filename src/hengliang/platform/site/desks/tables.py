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
# The platform's own jobs, as an operator calls them.
TASKS = {
    "hengliang.platform.core.tasks.deliver_waiting": _("Deliver messages"),
    "hengliang.platform.registry.tasks.read_sheet": _("Read a sheet"),
    "hengliang.platform.registry.tasks.apply_sheet": _("Import a sheet"),
    "hengliang.platform.registry.tasks.tally_compact": _("Tidy the counts of the ledger"),
    "hengliang.platform.site.tasks.load_rest_of_demo": _("Load the rest of the demo city"),
}


class JobTable(Table):
    """Jobs of the platform, newest first."""

    name, title = "jobs", _("Jobs")
    columns = (
        Column("id", _("Number"), sort="id", align="end"),
        Column("task_name", _("Job"), sort="task_name", get=lambda j: TASKS.get(j.task_name, j.task_name),
               plain=lambda value, _row: str(value)),
        Column("queue_name", _("Queue"), hidden=True),
        Column("status", _("State"), get=lambda j: str(dict(STATUSES).get(j.status, j.status))),
        Column("attempts", _("Attempts"), align="end"),
        Column("scheduled_at", _("Not before"), sort="scheduled_at"),
    )  # fmt: skip
    filters = (
        ChoiceFilter("status", _("State"), choices=STATUSES, several=True),
        ChoiceFilter("task", _("Job"), field="task_name", choices=tuple(TASKS.items())),
    )
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
