"""Group commit: many writers, one sequencer, one durable publication for all that wait.

Guarantee: a future resolves to its index only after the entry is durable; when a publication fails, every
entry of its batch fails with the same error and none of them got an index. Hole: what waits in memory dies
with the process; the platform therefore feeds the sequencer from the database outbox and not from memory.
Source: group commit as in sunlight's sequencer.
"""

import threading
import time
from concurrent.futures import Future

from hengliang.trust.log import Log

MAX_BATCH = 8192


class Sequencer:
    """Collects entries from any thread and appends them in batches, in the order of arrival.

    log : the only writer's log
    interval : seconds at least between two publications; 0 publishes as soon as anything waits
    """

    def __init__(self, log: Log, *, interval: float = 0.0) -> None:
        self._log = log
        self._interval = interval
        self._waiting: list[tuple[bytes, Future[int]]] = []
        self._wake = threading.Condition()
        self._stopped = False

    def submit(self, entry: bytes) -> "Future[int]":
        """Queue an entry; the future gives its index once it is durable."""
        future: Future[int] = Future()
        with self._wake:
            if self._stopped:
                raise RuntimeError("the sequencer has stopped; open the log again")
            self._waiting.append((entry, future))
            self._wake.notify()
        return future

    def publish_waiting(self) -> int:
        """Append what waits now, at most MAX_BATCH entries, and give how many they were."""
        with self._wake:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
        if not batch:
            return 0
        try:
            indices = self._log.append([entry for entry, _ in batch])
        except Exception as fault:  # told to each who waits, and raised
            for _, future in batch:
                future.set_exception(fault)
            raise
        for index, (_, future) in zip(indices, batch, strict=True):
            future.set_result(index)
        return len(batch)

    def run(self) -> None:
        """Publish until `stop` was called and nothing waits. Leaves with the error that a store raises."""
        while self._await_work():
            begun = time.monotonic()
            self.publish_waiting()
            time.sleep(max(0.0, self._interval - (time.monotonic() - begun)))

    def stop(self) -> None:
        """Take nothing new; `run` returns once all that waits is published."""
        with self._wake:
            self._stopped = True
            self._wake.notify_all()

    def _await_work(self) -> bool:
        with self._wake:
            self._wake.wait_for(lambda: bool(self._waiting) or self._stopped)
            return bool(self._waiting)
