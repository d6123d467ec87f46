"""An account makes a key for a program of its own."""

import secrets
from datetime import timedelta

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Account, ApiToken
from hengliang.platform.parties.selectors import token_hash

PREFIX = "hlt_"


def token_make(*, actor: Actor, name: str, scope: ApiToken.Scope, days: int) -> tuple[ApiToken, str]:
    """The token's row and its text, which is shown once and kept nowhere. It never holds more than the account."""
    account = _own_account(actor)
    text = PREFIX + secrets.token_urlsafe(32)
    with perform(actor, "token_make", subject=account) as act:
        token = ApiToken.objects.create(
            act=act,
            account=account,
            name=name,
            sha256=token_hash(text),
            scope=scope,
            expires_at=actor.at + timedelta(days=days),
        )
        act.content = {"token": token.pk, "scope": scope}
    return token, text


def token_revoke(*, actor: Actor, token: ApiToken) -> None:
    """The token is good for nothing from now on."""
    account = _own_account(actor)
    if token.account_id != account.pk:
        raise NotPermitted("not_your_token", "Only the account that made a token revokes it.")
    with perform(actor, "token_revoke", subject=account) as act:
        token.revoked_at = actor.at
        token.save(update_fields=["revoked_at"])
        act.content = {"token": token.pk}


def _own_account(actor: Actor) -> Account:
    if actor.account_id is None:
        raise NotPermitted("no_account", "Log in to make tokens.")
    return Account.objects.get(pk=actor.account_id)
