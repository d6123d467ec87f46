"""The second factor: allauth's forms without placeholders (a label says it once), and where it is asked for again."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hengliang.platform.core.requests import Request

View = Callable[..., HttpResponse]


class ActivateTOTPForm(AllauthActivateTOTPForm):  # type: ignore[misc]
    """Ties an authenticator to the account."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.pop("placeholder", None)


class AuthenticateForm(AllauthAuthenticateForm):  # type: ignore[misc]
    """Asks for the code at login."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.pop("placeholder", None)


def asks_for_code(view: View) -> View:
    """Ask for the second factor again, of accounts that have one, unless it was shown some minutes ago."""

    @wraps(view)
    def asked(request: Request, *args: Any, **named: Any) -> HttpResponse:
        if is_mfa_enabled(request.user) and not _shown_lately(request):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **named)

    return asked


def _shown_lately(request: Request) -> bool:
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    shown = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record["at"] > since for record in shown)
