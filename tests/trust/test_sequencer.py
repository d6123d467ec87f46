"""Group commit: every acknowledged entry is where its index says, from many threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from hengliang.trust.errors import LogMoved
from hengliang.trust.log import Log
from hengliang.trust.sequencer import Sequencer
from hengliang.trust.store import MemoryStore


def test_sixteen_writers_get_their_indices(log: Log) -> None:
    sequencer = Sequencer(log, interval=0.001)
    runner = threading.Thread(target=sequencer.run)
    runner.start()
    lines = [f"entry {number}".encode() for number in range(800)]
    with ThreadPoolExecutor(16) as writers:
        indices = list(writers.map(lambda line: sequencer.submit(line).result(timeout=20), lines))
    sequencer.stop()
    runner.join()
    assert sorted(indices) == list(range(800))
    assert [log.entry(index) for index in indices] == lines


def test_a_failed_publication_fails_its_whole_batch(log: Log, store: MemoryStore, log_key) -> None:
    sequencer = Sequencer(log)
    first, second = sequencer.submit(b"a"), sequencer.submit(b"b")
    Log(store, log_key).append([b"somebody else"])
    with pytest.raises(LogMoved):
        sequencer.publish_waiting()
    assert isinstance(first.exception(), LogMoved)
    assert isinstance(second.exception(), LogMoved)
    assert sequencer.publish_waiting() == 0


def test_what_waits_is_published_before_stopping(log: Log) -> None:
    sequencer = Sequencer(log)
    future = sequencer.submit(b"last")
    sequencer.stop()
    sequencer.run()
    assert future.result() == 0
    with pytest.raises(RuntimeError):
        sequencer.submit(b"too late")
