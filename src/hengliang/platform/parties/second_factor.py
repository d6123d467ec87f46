"""The forms of the second factor, as allauth has them, without placeholders: a label says it once."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm


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
