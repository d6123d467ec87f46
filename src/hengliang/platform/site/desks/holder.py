"""The desk of who uses instruments, or runs a market where others do."""

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.pages.desk import Figure, Work
from hengliang.platform.core.rights import HOLDER_ROLES, Actor
from hengliang.platform.registry.models import TransferOffer
from hengliang.platform.site.desks.desk import Desk, address
from hengliang.platform.site.desks.tally import Tally, tally_of
from hengliang.platform.supervision.models import Order
from hengliang.platform.verification.models import Application

LISTED = "supervision:entry_list"


def holder_desk(actor: Actor) -> Desk:
    """The desk of a holder: what is due first."""
    tally = tally_of(actor)
    return Desk(
        _("My instruments"), _work(actor, tally), _figures(actor, tally), charts=True,
        actions=[(_("Apply for verification"), address("verification:application_new"))],
    )  # fmt: skip


def _work(actor: Actor, tally: Tally) -> list[Work]:
    own = actor.organisations(HOLDER_ROLES)
    orders = Order.objects.visible_to(actor).filter(state="open")
    found = orders.aggregate(
        count=Count("pk", filter=Q(kind=Order.Kind.RECTIFICATION)), oldest=Min("due_by"),
        reminders=Count("pk", filter=Q(kind=Order.Kind.REMINDER)),
    )  # fmt: skip
    applied = Application.objects.filter(applicant__in=own, state__in=["submitted", "accepted"]).count()
    offers = TransferOffer.objects.open().filter(receiver__in=own)
    offered = offers.aggregate(count=Count("pk"), oldest=Min("offered_on"))
    return [
        Work(found["count"], _("rectification ordered by the authority"),
             address("supervision:order_list", state="open", kind="rectification"), "bad", found["oldest"]),
        Work(tally.count("failed"), _("failed: may not be used"), address(LISTED, standing="failed"), "bad",
             tally.oldest("failed")),
        Work(tally.count("overdue"), _("overdue"), address(LISTED, standing="overdue"), "bad", tally.oldest("overdue")),
        Work(tally.count("soon"), _("due within 30 days"), address(LISTED, standing="soon"), "warning"),
        Work(offered["count"], _("instruments offered to you"),
             address("registry:transfers", state="offered"), "pending", offered["oldest"]),
        Work(found["reminders"], _("reminders from the authority"),
             address("supervision:order_list", state="open", kind="reminder"), "warning"),
        Work(applied, _("applications under way"),
             address("verification:application_list", state=["submitted", "accepted"]), "pending"),
    ]  # fmt: skip


def _figures(actor: Actor, tally: Tally) -> list[Figure]:
    proofs = Certificate.objects.visible_to(actor).filter(state="in_force", kind="certificate")
    return [
        Figure(
            _("Instruments in use"), tally.count(),
            _("In use and under mandatory verification; parts judged singly count with their whole."),
            actor.today, url=address(LISTED),
        ),
        Figure(
            _("Proofs in force"), proofs.filter(Q(valid_until=None) | Q(valid_until__gte=actor.today)).count(),
            _("Certificates issued on this platform and good today; earlier proofs on paper are not counted."),
            actor.today,
            url=address("certificates:certificate_list", state="in_force"),
        ),
    ]  # fmt: skip
