"""Keeps the parts running, each by itself, until it is asked to stop; then stops them all."""

import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import structlog

from hengliang.platform.site.serve.part import Kept, Part

GRACE = 15.0  # seconds that a part may take to finish its requests or jobs
STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = structlog.get_logger("hengliang.serve")


class Supervisor:
    """Runs `parts`. `tend` is called between looks; it gives the seconds until it wants to be called again."""

    def __init__(self, parts: Sequence[Part], tend: Callable[[], float]) -> None:
        self.kept = [Kept(part) for part in parts]
        self.tend = tend
        self.asked = 0  # how often somebody asked us to stop

    def run(self) -> None:
        """Return after a clean stop; SIGINT, SIGTERM or SIGHUP asks for it, a second one hurries it."""
        with self._signals() as wake:
            while not self.asked:
                waits = [kept.tend() for kept in self.kept]
                _wait(wake, min([self.tend(), *waits]))
            self._stop(wake)

    def _stop(self, wake: int) -> None:
        log.info("stopping")
        for kept in self.kept:
            kept.terminate()
        until = time.monotonic() + GRACE
        while any(kept.alive for kept in self.kept) and time.monotonic() < until and self.asked < 2:
            _wait(wake, 0.2)
        for kept in self.kept:
            if kept.alive:
                log.warning("part did not finish in time", part=kept.part.name)
            kept.kill()
        log.info("stopped")

    @contextmanager
    def _signals(self) -> Iterator[int]:
        """A pipe that becomes readable at each signal: no signal is lost between a look and the next wait."""
        readable, writable = os.pipe()
        os.set_blocking(readable, False)
        os.set_blocking(writable, False)
        before = {number: signal.signal(number, self._asked) for number in STOP}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        woken = signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
        try:
            yield readable
        finally:
            signal.set_wakeup_fd(woken)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(readable)
            os.close(writable)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1


def _wait(wake: int, seconds: float) -> None:
    if select.select([wake], [], [], seconds)[0]:
        os.read(wake, 4096)
