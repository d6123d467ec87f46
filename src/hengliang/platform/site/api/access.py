"""Who a program is: by token, or by the session of a page (then with CSRF protection)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer

from hengliang.platform.parties.models import ApiToken
from hengliang.platform.parties.selectors import actor_of, token_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class AccessByToken(HttpBearer):
    """`Authorization: Bearer hlt_…`; a token of scope “read” only reads."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's row, with `request.actor` set to its account."""
        at = timezone.now()
        row = token_of(token, at)
        if row is None:
            return None
        if row.scope == ApiToken.Scope.READ and request.method not in READING:
            raise HttpError(403, "This token only reads.")
        request.actor = actor_of(row.account, at)  # type: ignore[attr-defined]
        return row


class AccessBySession(APIKeyCookie):
    """The session of somebody who is logged in; ninja checks the CSRF token with it."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The account, if the session is one's own."""
        return request.user if request.user.is_authenticated else None
