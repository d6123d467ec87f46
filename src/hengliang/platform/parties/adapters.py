"""Accounts are made by invitation alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from hengliang.platform.core.client_address import client_address


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page of allauth; `invitation_accept` makes accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `parties.services.invitation_accept`."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which wrong passwords are counted."""
        return client_address(request)
