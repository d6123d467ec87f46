"""E-mail as this deployment has it: whether any is set up, and what becomes of letters where none is."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailNotSetUp(OSError):
    """No mail server is set up: name one in HENGLIANG_SMTP."""


class NoMail(BaseEmailBackend):
    """The backend where no mail server is set up: it sends nothing, and writes no letter into a log either.

    Letters hold links that open accounts, so a backend that prints them hands every account to whoever reads the log.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises `MailNotSetUp`."""
        raise MailNotSetUp("no mail server is set up (HENGLIANG_SMTP)")


def mail_is_set_up() -> bool:
    """Whether letters can go out."""
    return f"{NoMail.__module__}.{NoMail.__qualname__}" != settings.EMAIL_BACKEND
