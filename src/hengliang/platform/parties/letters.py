"""Letters to addresses that need not have an account; one that can't be sent is told to the administrators."""

from typing import Any

import structlog
from django.core.mail import EmailMessage
from django.utils import timezone

from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Role
from hengliang.platform.core.services import notify
from hengliang.platform.parties.models import RoleAssignment

UNDELIVERED = "mail.undelivered"
log = structlog.get_logger(__name__)


def send_letter(letter: EmailMessage) -> bool:
    """Send it; gives whether the mail server took it. What it says is kept nowhere: it may open an account."""
    try:
        letter.send()
    except OSError as fault:
        log.warning("mail_undelivered", error=type(fault).__name__)
        _tell(letter, fault)
        return False
    return True


def _tell(letter: EmailMessage, fault: OSError) -> None:
    """Tell each administrator once of an address and a subject, until it was read."""
    at = timezone.now()
    holders = RoleAssignment.objects.on(timezone.localdate(at)).filter(role=Role.ADMINISTRATOR)
    told: dict[str, Any] = {"to": ", ".join(letter.to), "subject": str(letter.subject), "error": str(fault)[:200]}
    know = Notification.objects.filter(kind=UNDELIVERED, read_at=None, params=told).values_list("account_id", flat=True)
    accounts = set(holders.values_list("account_id", flat=True)) - set(know)
    if accounts:
        notify(accounts=accounts, kind=UNDELIVERED, at=at, url="/notifications/", **told)
