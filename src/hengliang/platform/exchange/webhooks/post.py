"""One attempt: a POST to the very machine that was found in order, without following anybody elsewhere."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.exchange.webhooks.address import Target, resolved

SECONDS = 10
_GOOD = range(200, 300)


@dataclass(frozen=True)
class Answered:
    """What came of an attempt: a status, or why there was none."""

    status: int | None
    error: str
    milliseconds: int

    @property
    def good(self) -> bool:
        """Whether the receiver took it."""
        return self.status in _GOOD

    @property
    def gone(self) -> bool:
        """Whether the receiver says that it wants no more (410)."""
        return self.status == http.HTTPStatus.GONE


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at, under the name that was asked for."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target = target

    def connect(self) -> None:
        """Connect to the pinned address; the certificate must be that of the name."""
        plain = socket.create_connection((self._target.ip, self._target.port), SECONDS)
        if self._target.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
        else:
            self.sock = plain


def post(url: str, headers: Mapping[str, str], body: str) -> Answered:
    """Deliver once. A redirection is an answer like any other that is not 2xx; nothing of the answer's body is kept."""
    began, status, error = time.monotonic(), None, ""
    try:
        target = resolved(url)
        connection = _Pinned(target)
        try:
            connection.request("POST", target.path, body.encode(), dict(headers))
            status, error = connection.getresponse().status, ""
        finally:
            connection.close()
    except InputRefused as refused:
        status, error = None, refused.code
    except (OSError, http.client.HTTPException, ValueError) as fault:
        status, error = None, f"{type(fault).__name__}: {fault}"[:300]
    return Answered(status, error, round(1000 * (time.monotonic() - began)))
