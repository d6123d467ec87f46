"""Somebody is invited to take a role."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.parties.models import Invitation, Organisation
from hengliang.platform.parties.selectors import token_hash
from hengliang.platform.parties.services.role_assign import require_may_give

VALID_FOR = timedelta(days=7)


def invitation_send(
    *, actor: Actor, email: str, role: Role, organisation: Organisation | None = None, region: Region | None = None
) -> tuple[Invitation, str]:
    """The invitation and its link. The link goes out by e-mail and is kept nowhere: only the token's hash is."""
    organisation_id = organisation.pk if organisation else None
    permit(actor, "invitation_send", organisations=[organisation_id], region_id=region.pk if region else None)
    require_may_give(actor, role, organisation_id)
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
        act.content = {"role": role, "organisation": organisation_id}
        link = settings.PUBLIC_URL + reverse("parties:invitation_accept", args=[token])
        transaction.on_commit(lambda: _send(email, role, link))
    return invitation, link


def _send(email: str, role: Role, link: str) -> None:
    send_mail(
        _("Invitation to Hengliang"),
        _("You are invited to take the role “%(role)s”. Open this page within 7 days:\n%(link)s")
        % {"role": role.label, "link": link},
        None,
        [email],
        fail_silently=True,
    )
