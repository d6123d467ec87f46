"""The store: batches whole or not at all, corrections as versions, damage found."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from hengliang.readings.checking import check_store
from hengliang.readings.errors import PartitionDamaged, StoreRefused
from hengliang.readings.importing import import_files
from hengliang.readings.model import MISSING
from hengliang.readings.store.layout import bucket_of
from hengliang.readings.store.leaves import leaves_of
from hengliang.readings.store.store import Store
from hengliang.readings.store.window import BucketReader
from hengliang.trust.merkle import Tree, check_inclusion, inclusion_proof, leaf_hash, leaf_hashes
from tests.readings.conftest import put

HEAD = "node,meter,role,time,register\n"


def hours(values, node="T1", meter="A", first=0):
    return "".join(
        f"{node},{meter},outflow,2026-01-01 {first + at:02d}:00,{value}\n" for at, value in enumerate(values)
    )


def course(store, until=None):
    found = BucketReader(store, bucket_of("T1", store.buckets), until=until).window("T1")
    values = found.values[0]
    return (values[values != MISSING] * 10.0 ** found.series[0].exponent).tolist()


def test_late_data_and_corrections_lie_over_what_was_there(store, tmp_path):
    put(store, tmp_path, HEAD + hours([1, 2, 3, 4]))
    put(store, tmp_path, HEAD + hours([5, 6], first=4), "late.csv")
    put(store, tmp_path, HEAD + hours([2.5, 3.25], first=1), "corrected.csv")
    assert course(store) == [1, 2.5, 3.25, 4, 5, 6]
    assert course(store, until=2) == [1, 2, 3, 4, 5, 6]
    assert course(store, until=1) == [1, 2, 3, 4]
    assert [commit.batch for commit in Store(store.folder).commits] == [1, 2, 3]


def test_readings_of_two_intervals_lie_in_one_window(store, tmp_path):
    quarter = "".join(f"T1,A,outflow,2026-01-01 {k // 4:02d}:{k % 4 * 15:02d},{k}\n" for k in range(16))
    put(store, tmp_path, HEAD + quarter)
    put(store, tmp_path, HEAD + hours([0, 10, 20, 30], meter="B"), "b.csv")
    found = BucketReader(store, bucket_of("T1", store.buckets)).window("T1")
    assert found.interval == 900
    row = [one.meter for one in found.series].index("B")
    places = np.flatnonzero(found.values[row] != MISSING)
    assert np.diff(places).tolist() == [4, 4, 4]


def test_leaves_lead_to_the_committed_root(filled):
    (commit,) = filled.commits
    leaves = leaves_of(filled, commit)
    tree = Tree(leaf_hashes(entry for _, entry in leaves))
    assert tree.root().hex() == commit.root
    path = inclusion_proof(1, len(tree), tree.node)
    check_inclusion(1, len(tree), leaf_hash(leaves[1][1]), path, bytes.fromhex(commit.root))


def test_a_check_reads_everything_and_finds_nothing_wrong(filled):
    found = check_store(filled)
    assert (found.grade.grade, found.grade.integrity) == ("A", True)
    assert found.tally.usable == found.tally.expected == 21 * 42 * 24


@pytest.mark.parametrize("kind", ["readings", "leaves", "topology"])
def test_an_altered_file_is_found(store, tmp_path, kind):
    put(store, tmp_path, HEAD + hours(range(1, 24)))
    (path,) = [one for one in (store.folder / kind).rglob("*") if one.is_file()]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    found = check_store(Store(store.folder))
    assert found.grade.grade == "D"
    assert found.batches[0].damaged


def test_an_altered_commit_is_refused(store, tmp_path):
    put(store, tmp_path, HEAD + hours([1, 2, 3]))
    put(store, tmp_path, HEAD + hours([4, 5], first=3), "b.csv")
    path = store.folder / "batches" / "000001.json"
    path.write_bytes(path.read_bytes().replace(b'"empty":0', b'"empty":1'))
    with pytest.raises(PartitionDamaged, match=r"000002\.json"):
        Store(store.folder)


def test_no_store_and_no_empty_folder(tmp_path):
    with pytest.raises(StoreRefused, match="no store here"):
        Store(tmp_path)
    (tmp_path / "x.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreRefused, match="neither empty nor a store"):
        Store.create(tmp_path)


def test_one_writer_at_a_time(store, tmp_path):
    with store.writing(), pytest.raises(StoreRefused, match="another import"):
        put(Store(store.folder), tmp_path, HEAD + hours([1, 2]))


_CHILD = """
import sys
from pathlib import Path
from hengliang.readings.importing import import_files
from hengliang.readings.store.leaves import leaves_of
from hengliang.readings.store.store import Store
print("ready", flush=True)
import_files([Path(sys.argv[2])], Store(Path(sys.argv[1])))
"""


@pytest.mark.parametrize("wait", [0.05, 0.3, 0.6])
def test_killed_at_any_moment_it_is_the_old_or_the_new(store, tmp_path, wait):
    put(store, tmp_path, HEAD + hours([1, 2, 3, 4]))
    old = course(store)
    rows = "".join(hours(range(1, 24), meter=f"M{at}", node=f"T{at % 40}") for at in range(2000))
    (tmp_path / "big.csv").write_text(HEAD + rows, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(store.folder), str(tmp_path / "big.csv")],
        stdout=subprocess.PIPE,
        env=environment,
    )
    child.stdout.readline()
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    after = Store(store.folder)
    assert len(after.commits) in (1, 2)
    if len(after.commits) == 1:
        assert course(after) == old
        import_files([tmp_path / "big.csv"], after)
    named = {one.path for commit in after.commits for one in commit.partitions}
    lying = {str(one.relative_to(store.folder)) for one in (store.folder / "readings").rglob("*") if one.is_file()}
    assert lying == named  # what the killed one left was swept
    assert not [one for one in store.folder.iterdir() if one.name.startswith(".room-")]
    assert check_store(Store(store.folder)).grade.integrity


def test_a_commit_is_canonical_and_chained(filled):
    content = (filled.folder / "batches" / "000001.json").read_bytes()
    fields = json.loads(content)
    assert fields["format"] == "hengliang-readings-batch-v1"
    assert fields["previous"] == ""
    assert Path(filled.folder / fields["partitions"][0]["path"]).is_file()
