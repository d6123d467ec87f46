"""One part of the product: a process that is started, watched, started again with patience, and stopped."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

SHORTEST, LONGEST = 0.5, 30.0  # seconds between an end and the next start
SETTLED = 60.0  # a part that ran this long is healthy again: patience starts anew
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)

log = structlog.get_logger("hengliang.serve")


@dataclass(frozen=True, slots=True)
class Part:
    """What to run: a name for the logs, the arguments of Python, additions to the environment.

    It is not started before `may_start` says so.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    may_start: Callable[[], bool] = lambda: True


class Kept:
    """A part that is kept running. Its process leads a group of its own, so that none of its children stays."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = self.due = 0.0

    def tend(self) -> float:
        """Start it when it is due; gives the seconds until somebody should look again."""
        now = time.monotonic()
        if self.process and (code := self.process.poll()) is not None:
            self._ended(now, code)
        if self.process is None and now >= self.due and self.part.may_start():
            self._start(now)
        return LONGEST if self.process else max(0.0, self.due - now)

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *self.part.arguments],
            env={**os.environ, **self.part.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops the parts in order
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self.started = now
        log.info("part started", part=self.part.name, process=self.process.pid)

    def _ended(self, now: float, code: int) -> None:
        self.failures = 1 if now - self.started > SETTLED else self.failures + 1
        delay = min(LONGEST, SHORTEST * 2 ** (self.failures - 1))
        log.warning("part ended", part=self.part.name, code=code, again_in=delay)
        self.kill()
        self.due, self.process = now + delay, None

    def terminate(self) -> None:
        """Ask it to finish."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End it and whatever it left behind."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None


def _die_with_parent() -> None:
    """In the child: be asked to finish when the supervisor is killed, so that no orphan holds the port."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
