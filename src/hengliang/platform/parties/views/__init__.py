"""Pages of parties."""

from hengliang.platform.parties.views.accounts import account, invitation_accept_page, token_end, token_new
from hengliang.platform.parties.views.organisations import (
    invite,
    organisation,
    organisation_change,
    organisation_list,
    organisation_new,
    role_stop,
)

__all__ = [
    "account",
    "invitation_accept_page",
    "invite",
    "organisation",
    "organisation_change",
    "organisation_list",
    "organisation_new",
    "role_stop",
    "token_end",
    "token_new",
]
