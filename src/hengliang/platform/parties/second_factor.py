"""The second factor: allauth's forms without placeholders (a label says it once), and where it is asked for again."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.requests import Request

View = Callable[..., HttpResponse]


def _ask_plainly(field: forms.Field) -> None:
    """Name the digits as the page does, and bring the telephone's row of digits up: a recovery code is digits too."""
    field.label = _("Six digits")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ActivateTOTPForm(AllauthActivateTOTPForm):  # type: ignore[misc]
    """Ties an authenticator to the account."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _ask_plainly(self.fields["code"])


class AuthenticateForm(AllauthAuthenticateForm):  # type: ignore[misc]
    """Asks for the code at login."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _ask_plainly(self.fields["code"])
        self.fields["code"].label = _("Six digits, or a recovery code")


class ReauthenticateForm(AllauthReauthenticateForm):  # type: ignore[misc]
    """Asks for the code again, before what protects the account changes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _ask_plainly(self.fields["code"])
        self.fields["code"].label = _("Six digits, or a recovery code")


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
