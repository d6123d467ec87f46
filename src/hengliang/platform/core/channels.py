"""Ways out of the platform for a notification: e-mail, group robots, an SMS gateway.

Which of them a deployment has is decided by its settings; whom a channel can reach is asked of the address book that
`parties` gives (core knows no accounts).
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail

from hengliang.platform.core.mail import mail_is_set_up

TIMEOUT = 10


class ChannelFailed(Exception):
    """A channel did not take the message; the text names the channel and what it answered."""


@dataclass(frozen=True)
class Recipient:
    """Somebody with an account, and where to reach them."""

    account_id: int
    name: str
    email: str = ""
    telephone: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True)
class Message:
    """A notification in the words of its reader; `url` is absolute."""

    title: str
    body: str = ""
    url: str = ""

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n".join(part for part in (self.title, self.body, self.url) if part)


AddressBook = Callable[[Iterable[int]], dict[int, Recipient]]
_books: list[AddressBook] = []


def use_address_book(book: AddressBook) -> None:
    """Set who knows where accounts are reached; called once, in the `ready` of `parties`."""
    _books[:] = [book]


def recipients(account_ids: Iterable[int]) -> dict[int, Recipient]:
    """The recipients of these accounts; those who left are not among them."""
    return _books[0](account_ids) if _books else {}


class Channel(Protocol):
    """A way to bring a message to somebody."""

    @property
    def name(self) -> str:
        """What it is called in deliveries and settings."""
        ...

    def reaches(self, recipient: Recipient) -> bool:
        """Whether this channel has an address of the recipient."""
        ...

    def send(self, recipient: Recipient, message: Message) -> None:
        """Bring the message. Raises `ChannelFailed`."""
        ...


@dataclass(frozen=True)
class Email:
    """E-mail, by Django's backend."""

    name: str = "email"

    def reaches(self, recipient: Recipient) -> bool:
        """Whoever has an address, where mail is set up."""
        return bool(recipient.email) and mail_is_set_up()

    def send(self, recipient: Recipient, message: Message) -> None:
        """One mail to one person."""
        try:
            send_mail(message.title, message.text, None, [recipient.email])
        except OSError as error:
            raise ChannelFailed(f"e-mail: {error}") from error


@dataclass(frozen=True)
class Robot:
    """A group robot of WeCom or DingTalk: a webhook that takes a text. `secret` signs, where DingTalk asks for it.

    Source: WeCom developer documents, "group robot"; DingTalk open platform, "custom robot", signature HMAC-SHA256
    over `timestamp\\nsecret`, base64.
    """

    name: str
    url: str
    secret: str = ""

    def reaches(self, recipient: Recipient) -> bool:
        """A group is reached whoever the reader is."""
        return True

    def send(self, recipient: Recipient, message: Message) -> None:
        """The text to the group. Both robots answer `errcode` 0 when they took it."""
        text = f"{recipient.name}: {message.text}"
        answer = post(self.name, self._signed(), {"msgtype": "text", "text": {"content": text}})
        if answer.get("errcode", 0) != 0:
            raise ChannelFailed(f"{self.name}: {answer.get('errcode')} {answer.get('errmsg', '')}")

    def _signed(self) -> str:
        if not self.secret:
            return self.url
        stamp = str(round(time.time() * 1000))
        digest = hmac.new(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256).digest()
        return f"{self.url}&{urlencode({'timestamp': stamp, 'sign': base64.b64encode(digest).decode()})}"


@dataclass(frozen=True)
class SmsGateway:
    """An SMS gateway behind HTTP: gets `{"to", "text"}` with a bearer key."""

    url: str
    key: str = ""
    name: str = "sms"

    def reaches(self, recipient: Recipient) -> bool:
        """Whoever has a telephone number."""
        return bool(recipient.telephone)

    def send(self, recipient: Recipient, message: Message) -> None:
        """Title and address only: an SMS is short."""
        text = f"{message.title} {message.url}".strip()
        post(self.name, self.url, {"to": recipient.telephone, "text": text}, self.key)


def post(channel: str, url: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
    """Post JSON and give the JSON answered. Raises `ChannelFailed`, without the address: it may hold a key."""
    if urlsplit(url).scheme not in {"https", "http"}:
        raise ChannelFailed(f"{channel}: its address must begin with https://")
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - the scheme was checked
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - the scheme was checked
            said = json.loads(answer.read(65536) or b"{}")
    except (OSError, ValueError) as error:
        raise ChannelFailed(f"{channel}: {type(error).__name__}: {error}") from error
    return said if isinstance(said, dict) else {}


@lru_cache(maxsize=1)
def channels() -> dict[str, Channel]:
    """The channels of this deployment by name, as `settings.CHANNELS` names them."""
    given: dict[str, str] = settings.CHANNELS
    robots = [
        Robot(name, url, given.get(f"{name}_secret", "")) for name in ("wecom", "dingtalk") if (url := given.get(name))
    ]
    found: list[Channel] = [Email()]
    found.extend(robots)
    if url := given.get("sms"):
        found.append(SmsGateway(url, given.get("sms_key", "")))
    return {channel.name: channel for channel in found}
