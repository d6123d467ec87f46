"""The whole product on one machine: its database, its tables, its parts."""

import logging.config
import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog

from hengliang.platform.site import logs
from hengliang.platform.site.database import Addresses, DatabaseUnavailable, running
from hengliang.platform.site.database.cluster import READY, STARTING
from hengliang.platform.site.database.launcher import cluster
from hengliang.platform.site.home import set_up
from hengliang.platform.site.serve import gate
from hengliang.platform.site.serve.errors import PortTaken
from hengliang.platform.site.serve.part import Kept, Part
from hengliang.platform.site.serve.preparation import Preparation, Say
from hengliang.platform.site.serve.supervisor import Supervisor

SETTINGS = "hengliang.platform.site.settings"
LOOK = 5.0  # seconds between looks at the database

log = structlog.get_logger("hengliang.serve")


@dataclass(frozen=True, slots=True)
class Product:
    """What to serve and where. `ready` is called once, when the first page can be had."""

    home: Path
    host: str
    port: int
    say: Say
    ready: Callable[[], None]

    def serve(self, *, demo: bool = False) -> None:
        """Serve until a signal asks to stop; then everything has been stopped, the database too.

        Errors: `CannotServe`, `DatabaseUnavailable`, `Malformed` (a catalogue).
        """
        logging.config.dictConfig(logs.settings())
        self._refuse_taken_port()
        set_up(self.home)
        os.environ |= {"HENGLIANG_HOME": str(self.home), "HENGLIANG_PORT": str(self.port)}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        with running(self.home) as addresses:
            supervisor = self._supervisor(addresses)
            self._prepare(addresses, supervisor.kept[0], demo=demo)
            supervisor.run()

    def _refuse_taken_port(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise PortTaken(host=self.host, port=self.port) from error

    def _prepare(self, addresses: Addresses, web: Kept, *, demo: bool) -> None:
        """Make the home ready. The web server imports its pages as soon as it can, but answers only afterwards."""
        try:
            with gate.shut(self.home):
                keys = partial(_make_keys, self.home)
                Preparation(self.home, addresses, self.say, keys, web.tend).run(demo=demo)
                keys()
        except BaseException:
            web.kill()
            raise

    def _supervisor(self, addresses: Addresses) -> Supervisor:
        metrics = self.home / "run" / "metrics"
        shutil.rmtree(metrics, ignore_errors=True)  # counts of processes that are gone
        metrics.mkdir(parents=True)
        environment = {"DATABASE_URL": addresses.app, "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
        web = ("-m", "hengliang.platform.site.serve.web", self.host, str(self.port))
        worker = ("-m", "django", "procrastinate", "worker", "--concurrency", "2", "--shutdown-graceful-timeout", "10")
        sequencer = ("-m", "hengliang.platform.site.serve.sequencer")
        tending = _Tending(self, addresses)
        parts = [
            Part("web", web, environment),
            Part("worker", worker, environment, lambda: tending.announced),  # the first page has the processors alone
            Part("sequencer", sequencer, environment, lambda: tending.announced),
        ]
        return Supervisor(parts, tending.look)


def _make_keys(home: Path) -> None:
    # Late: the module reads Django's settings, which need the address of the database.
    from hengliang.platform.core.log.keys import make_keys

    address = os.environ.get("HENGLIANG_PUBLIC_URL") or f"http://127.0.0.1:{os.environ['HENGLIANG_PORT']}"
    make_keys(home, address)


class _Tending:
    """What the supervisor does between looks: announce the first page, and bring back a dead database."""

    def __init__(self, product: Product, addresses: Addresses) -> None:
        self.product, self.embedded = product, addresses.embedded
        self.announced = False
        self.due = 0.0

    def look(self) -> float:
        """Gives the seconds until the next look."""
        if not self.announced and _answers(self.product.host, self.product.port):
            self.announced = True
            self.product.ready()
        if self.embedded and time.monotonic() >= self.due:
            self._revive()
            self.due = time.monotonic() + LOOK
        return LOOK if self.announced else 0.1

    def _revive(self) -> None:
        try:
            server = cluster(self.product.home)
            if server.answers() not in (READY, STARTING):
                log.warning("database did not answer; starting it")
                server.start()
        except DatabaseUnavailable as failure:
            log.error("database did not come back", reason=str(failure))


def _answers(host: str, port: int) -> bool:
    at = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - asks there, opens nothing
    address = f"http://[{at}]:{port}/healthz" if ":" in at else f"http://{at}:{port}/healthz"
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - our own page
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
