"""Compaction: the same readings from fewer files, old or new at any moment."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from hengliang.readings.checking import check_store
from hengliang.readings.errors import StoreRefused
from hengliang.readings.model import MISSING
from hengliang.readings.store.compaction import compact
from hengliang.readings.store.manifest import MANIFEST
from hengliang.readings.store.store import Store
from hengliang.readings.store.window import BucketReader
from tests.readings.store.test_store import HEAD, hours, put


def everything(store: Store, until: int | None = None) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Every reading by meter."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for bucket in range(store.buckets):
        reader = BucketReader(store, bucket, until=until)
        for node in reader.nodes:
            window = reader.window(node)
            for at, one in enumerate(window.series):
                said = np.flatnonzero(window.values[at] != MISSING)
                times = window.begin + said * window.interval
                flags = np.zeros(len(said)) if window.flags is None else window.flags[at][said]
                found[(node, one.meter)] = list(
                    zip(times.tolist(), window.values[at][said].tolist(), flags.tolist(), strict=True)
                )
    return found


@pytest.fixture
def layered(store, tmp_path):
    """Four batches: readings, later ones, a correction with a finer digit, another month, two readings in conflict."""
    put(store, tmp_path, HEAD + hours(range(1, 12)) + hours(range(1, 12), meter="M2", node="T2"), "a.csv")
    put(store, tmp_path, HEAD + hours(range(12, 18), first=11), "b.csv")
    put(store, tmp_path, HEAD + hours([7.125, 8.25], first=6), "c.csv")
    put(store, tmp_path, HEAD + hours([50, 51, 52], first=18) + hours([53], first=19), "d.csv")
    return Store(store.folder)


def files(store: Store) -> list:
    return sorted((store.folder / "readings").rglob("*.parquet"))


def test_the_same_readings_from_fewer_files(layered):
    before, many = everything(layered), len(files(layered))
    found = compact(layered)
    assert found.written == 1
    assert found.files_after < found.files_before == many
    fresh = Store(layered.folder)
    assert everything(fresh) == before
    assert len(files(fresh)) == many + 1
    assert everything(fresh, until=2) != before
    assert check_store(fresh).grade.integrity


def test_what_is_given_up_is_gone_and_roots_can_still_be_checked(layered):
    before = everything(layered)
    compact(layered, drop=True)
    fresh = Store(layered.folder)
    assert everything(fresh) == before
    assert len(files(fresh)) == 2
    with pytest.raises(StoreRefused, match="given up when it was compacted"):
        everything(fresh, until=2)
    checked = check_store(fresh)
    assert checked.grade.integrity
    assert [one.commit.root for one in checked.batches] == [one.root for one in layered.commits]


def test_what_comes_later_lies_over_it_and_is_compacted_in_turn(layered, tmp_path):
    compact(layered, drop=True)
    put(layered, tmp_path, HEAD + hours([8.5, 9.5], first=7), "e.csv")
    later = everything(Store(layered.folder))
    compact(Store(layered.folder))
    fresh = Store(layered.folder)
    assert everything(fresh) == later
    assert len(files(fresh)) == 2
    assert compact(fresh).written == 0


def test_an_altered_compacted_file_is_found(layered):
    compact(layered)
    path = layered.folder / layered.manifest.files[0].path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    found = check_store(Store(layered.folder))
    assert found.damaged == (layered.manifest.files[0].path,)
    assert found.grade.grade == "D"


_CHILD = """
import sys
from pathlib import Path
from hengliang.readings.store.compaction import compact
from hengliang.readings.store.store import Store
print("ready", flush=True)
compact(Store(Path(sys.argv[1])), drop=True)
"""


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03, 0.1])
def test_killed_at_any_moment_it_is_the_old_or_the_new(layered, tmp_path, wait):
    rows = "".join("".join(hours(range(1, 24), meter=f"M{at}", node=f"T{at % 40}")) for at in range(300))
    put(layered, tmp_path, HEAD + rows, "big.csv")
    before = everything(layered)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(layered.folder)], stdout=subprocess.PIPE, env=environment
    )
    child.stdout.readline()
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    after = Store(layered.folder)
    assert everything(after) == before
    compact(after, drop=True)
    assert everything(Store(layered.folder)) == before
    named = after.manifest.kept(one for commit in after.commits for one in commit.partitions)
    assert {str(path.relative_to(after.folder)) for path in files(after)} == named
    assert (after.folder / MANIFEST).exists()
    assert check_store(after).grade.integrity
