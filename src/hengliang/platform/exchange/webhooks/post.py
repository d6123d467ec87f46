"""One attempt: a POST to the very machine that was found in order, without following anybody elsewhere."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
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
        self.cut_off = False

    def connect(self) -> None:
        """Connect to the pinned address; the certificate must be that of the name."""
        self.sock = socket.create_connection((self._target.ip, self._target.port), SECONDS)
        if self._target.scheme == "https":
            wrapped = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self._target.host, do_handshake_on_connect=False
            )
            self.sock = wrapped
            wrapped.do_handshake()

    def cut(self) -> None:
        """End it from outside, whatever it waits for."""
        self.cut_off = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


@contextmanager
def _within(connection: _Pinned, seconds: float) -> Iterator[None]:
    """Cut a connection off after so long. Timeouts of a socket begin anew with each byte: who sends one every nine
    seconds would never be done.

    Errors: `TimeoutError` in place of what being cut off looks like.
    """
    timer = threading.Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as fault:
        if connection.cut_off:
            raise TimeoutError(f"no whole answer within {seconds:g} s") from fault
        raise
    finally:
        timer.cancel()
        connection.close()


def post(url: str, headers: Mapping[str, str], body: str) -> Answered:
    """Deliver once. A redirection is an answer like any other that is not 2xx; nothing of the answer's body is kept."""
    began, status, error = time.monotonic(), None, ""
    try:
        target = resolved(url)
        connection = _Pinned(target)
        with _within(connection, SECONDS):
            connection.request("POST", target.path, body.encode(), dict(headers))
            status, error = connection.getresponse().status, ""
    except InputRefused as refused:
        status, error = None, refused.code
    except (OSError, http.client.HTTPException, ValueError) as fault:
        status, error = None, f"{type(fault).__name__}: {fault}"[:300]
    return Answered(status, error, round(1000 * (time.monotonic() - began)))
