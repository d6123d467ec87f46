"""The words of notifications: made in the reader's language from kind and parameters, by templates of the apps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from hengliang.platform.core.channels import Message
from hengliang.platform.core.models import Notification


@dataclass(frozen=True)
class MessageWords:
    """Title and body of a kind, with `%(name)s` parameters; lazy translations."""

    title: Any
    body: Any = ""


_WORDS: dict[str, MessageWords] = {}


def register_messages(words: Mapping[str, MessageWords]) -> None:
    """Add an app's kinds; called in its `AppConfig.ready`."""
    _WORDS.update(words)


def message_of(notification: Notification, language: str | None = None) -> Message:
    """The notification in a language (default: the one in use); a kind that nobody knows is shown by its name."""
    words = _WORDS.get(notification.kind, MessageWords(notification.kind))
    with translation.override(language or translation.get_language()):
        title, body = (str(text) % notification.params if text else "" for text in (words.title, words.body))
    url = f"{settings.PUBLIC_URL}{notification.url}" if notification.url.startswith("/") else ""
    return Message(title, body, url)
