"""The desk of whoever operates the platform: accounts, jobs, deliveries, the outbox of the log."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from hengliang.platform.core.models import Delivery, LogEntry
from hengliang.platform.core.pages.desk import Figure, Work
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import notifications_of
from hengliang.platform.core.tasks import MOST_ATTEMPTS
from hengliang.platform.parties.letters import UNDELIVERED
from hengliang.platform.parties.models import Account, Invitation
from hengliang.platform.site.desks.desk import Desk, address

COUNTED = 10_000


def administrator_desk(actor: Actor) -> Desk:
    """The desk of the administrator."""
    jobs = ProcrastinateJob.objects.aggregate(
        failed=Count("pk", filter=Q(status="failed")),
        waiting=Count("pk", filter=Q(status="todo")),
        running=Count("pk", filter=Q(status="doing")),
    )
    lost = Delivery.objects.filter(delivered_at=None, attempts__gte=MOST_ATTEMPTS).count()
    trying = Delivery.objects.filter(delivered_at=None, attempts__range=(1, MOST_ATTEMPTS - 1)).count()
    unsent = notifications_of(actor).filter(kind=UNDELIVERED, read_at=None).order_by().count()
    work = [
        Work(unsent, _("letters that could not be sent"), address("core:notification_list"), "bad"),
        Work(jobs["failed"], _("jobs that failed"), address("desk_jobs", status="failed"), "bad"),
        Work(lost, _("messages that could not be delivered"), address("desk_deliveries", given_up=1), "bad"),
        Work(trying, _("messages that are tried again"), address("desk_deliveries", given_up=0), "warning"),
        Work(jobs["running"], _("jobs running"), address("desk_jobs", status="doing"), "pending"),
        Work(jobs["waiting"], _("jobs waiting"), address("desk_jobs", status="todo"), "neutral"),
    ]
    return Desk(_("Operation"), work, _figures(actor))


def _figures(actor: Actor) -> list[Figure]:
    accounts = Account.objects.aggregate(active=Count("pk", filter=Q(is_active=True)))
    invited = Invitation.objects.filter(accepted_by=None, expires_at__gt=actor.at).count()
    outbox = LogEntry.objects.filter(position=None).order_by().values("pk")[: COUNTED + 1].count()
    return [
        Figure(
            _("Accounts"), accounts["active"], _("Accounts that can log in."), actor.today,
            url=address("parties:organisation_list"), note=_("%(count)d invitations open") % {"count": invited},
        ),
        Figure(
            _("Outbox of the log"), min(outbox, COUNTED),
            _("Entries of acts that wait to be integrated into the append-only log."), actor.today,
            note=_("or more") if outbox > COUNTED else "",
        ),
    ]  # fmt: skip
