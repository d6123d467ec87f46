"""A real receiver of webhooks on loopback, and what leads to deliveries."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from hengliang.platform.core.models import LogEntry
from hengliang.platform.exchange.models import Webhook
from hengliang.platform.exchange.services import webhook_enter
from hengliang.platform.exchange.webhooks.outbox import make_deliveries
from hengliang.platform.registry.services import instrument_stop
from tests.platform.cast import NOW


class Receiver:
    """A server on loopback that answers what it is told and keeps what it got."""

    def __init__(self, *answers: int) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers = list(answers)
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                status = receiver.answers.pop(0) if receiver.answers else 204
                if status == 0:
                    time.sleep(30)
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@contextmanager
def receiver(*answers: int) -> Iterator[Receiver]:
    made = Receiver(*answers)
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def logged() -> None:
    """What the sequencer does: every entry gets its position."""
    at = LogEntry.objects.filter(position__isnull=False).count()
    for number, entry in enumerate(LogEntry.objects.filter(position=None).order_by("act_id")):
        LogEntry.objects.filter(pk=entry.pk).update(position=at + number)


def hooked(cast: Any, url: str, who: str = "owner", organisation: Any = None, **told: Any) -> tuple[Webhook, str]:
    logged()
    make_deliveries(NOW)
    facts = {"events": ["instrument.stopped"]} | told
    return webhook_enter(
        actor=cast.actor(who), organisation=organisation or cast.enterprise, url=url, **facts
    )  # fmt: skip


def stopped(cast: Any, *instruments: Any) -> None:
    for one in instruments:
        instrument_stop(actor=cast.actor("owner"), instrument=one, reason="检修")
    logged()
    make_deliveries(NOW)
