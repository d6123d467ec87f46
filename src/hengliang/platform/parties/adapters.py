"""Accounts are made by invitation alone; letters that can't be sent are told, and end no request."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from hengliang.platform.core.client_address import client_address
from hengliang.platform.parties.letters import send_letter
from hengliang.platform.parties.models import Account, ApiToken
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.parties.services import token_revoke


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page of allauth; `invitation_accept` makes accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `parties.services.invitation_accept`."""
        return False

    def set_password(self, user: Account, password: str) -> None:
        """A new password: whatever was made under the old one ends, tokens like sessions."""
        with transaction.atomic():
            super().set_password(user, password)
            actor = actor_of(user, timezone.now())
            for token in ApiToken.objects.filter(account=user, revoked_at=None):
                token_revoke(actor=actor, token=token)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which attempts are counted, behind the proxies that are ours."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send a letter of allauth's, as `send_letter` does."""
        request = allauth_context.request
        given = {"request": request, "email": email, "current_site": get_current_site(request)}
        send_letter(self.render_mail(template_prefix, email, given | context))
