"""The acts of parties, one a module."""

from hengliang.platform.parties.services.invitation_accept import invitation_accept, invitation_take
from hengliang.platform.parties.services.invitation_send import invitation_send
from hengliang.platform.parties.services.organisation_enter import organisation_enter
from hengliang.platform.parties.services.organisation_revise import organisation_revise
from hengliang.platform.parties.services.organisation_succeed import organisation_succeed
from hengliang.platform.parties.services.role_assign import role_assign
from hengliang.platform.parties.services.role_end import role_end
from hengliang.platform.parties.services.token_make import token_make, token_revoke

__all__ = [
    "invitation_accept",
    "invitation_send",
    "invitation_take",
    "organisation_enter",
    "organisation_revise",
    "organisation_succeed",
    "role_assign",
    "role_end",
    "token_make",
    "token_revoke",
]
