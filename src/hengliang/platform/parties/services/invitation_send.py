"""Somebody is invited to take a role."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.mail import mail_is_set_up
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.parties.letters import send_letter
from hengliang.platform.parties.models import Invitation, Organisation
from hengliang.platform.parties.selectors import token_hash
from hengliang.platform.parties.services.role_assign import require_may_give

VALID_FOR = timedelta(days=7)


def invitation_send(
    *, actor: Actor, email: str, role: Role, organisation: Organisation | None = None, region: Region | None = None
) -> tuple[Invitation, str]:
    """The invitation. Its link goes to the address invited and to nobody else, and is kept nowhere.

    Who holds the link becomes whom it invites, so whoever invites never sees it: one person could sign as three. Where
    no mail is set up the administrator, who signs nothing, gets the link to hand over; else the link given is empty.
    Errors: `NotPermitted`; `Blocked` where no mail is set up and it is not the administrator who invites.
    """
    organisation_id = organisation.pk if organisation else None
    permit(actor, "invitation_send", organisations=[organisation_id], region_id=region.pk if region else None)
    require_may_give(actor, role, organisation_id)
    by_hand = not mail_is_set_up()
    if by_hand and not actor.has(Role.ADMINISTRATOR):
        raise Blocked(
            "no_mail", "No mail is set up here, and an invitation goes by mail. Ask the administrator to invite."
        )
    token = secrets.token_urlsafe(32)
    with perform(actor, "invitation_send", organisation_id=organisation_id) as act:
        act.subject = invitation = Invitation.objects.create(
            act=act,
            email=email.lower(),
            token_sha256=token_hash(token),
            role=role,
            organisation=organisation,
            region=region,
            expires_at=actor.at + VALID_FOR,
        )
        act.content = {"role": role, "organisation": organisation_id, "by_hand": by_hand}
        link = settings.PUBLIC_URL + reverse("parties:invitation_accept", args=[token])
        if not by_hand:
            transaction.on_commit(lambda: _send(email, role, link))
    return invitation, link if by_hand else ""


def _send(email: str, role: Role, link: str) -> None:
    words = _("You are invited to take the role “%(role)s”. Open this page within 7 days:\n%(link)s")
    send_letter(EmailMessage(_("Invitation to Hengliang"), words % {"role": role.label, "link": link}, None, [email]))
