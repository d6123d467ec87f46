"""Checks a whole store: that its files are what was committed, what each batch is worth, what is wrong in all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hengliang.readings.checks.finding import Tally
from hengliang.readings.checks.grade import Grade, grade_of
from hengliang.readings.checks.window import examine
from hengliang.readings.errors import PartitionDamaged
from hengliang.readings.evaluation.members import Windows, membership
from hengliang.readings.store.layout import digest_of
from hengliang.readings.store.leaves import leaves_of
from hengliang.readings.store.partition import PartitionReader
from hengliang.readings.store.store import Commit, Store
from hengliang.trust.merkle import Tree, leaf_hashes

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BatchCheck:
    """One batch: its grade, and files that are not what was committed."""

    commit: Commit
    grade: Grade
    tally: Tally
    damaged: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The batch as a JSON object."""
        report = self.commit.report
        return {
            "batch": self.commit.batch,
            "time": self.commit.time,
            "root": self.commit.root,
            "files": [one["file"] for one in report["files"]],
            "readings": report["readings"],
            "refused": report["refused"],
            "refusals": report["refusals"],
            "duplicates": report["duplicates"],
            "skewed": report["skewed"],
            **self.grade.as_json(),
            "damaged": list(self.damaged),
        }


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """A whole store: its batches, and the findings over all of them laid together."""

    batches: tuple[BatchCheck, ...]
    tally: Tally
    grade: Grade
    damaged: tuple[str, ...] = ()
    """Compacted files that are not what was written."""

    def as_json(self) -> dict[str, Any]:
        """The document of `readings check`."""
        batches = [one.as_json() for one in self.batches]
        return {
            "grade": self.grade.grade,
            "shares": self.grade.as_json()["shares"],
            "batches": batches,
            "damaged": list(self.damaged),
            **self.tally.as_json(),
        }


def check_store(store: Store, *, progress: Progress = lambda _done, _all: None) -> StoreCheck:
    """Check everything that a store holds."""
    # What an open store has once found sound it takes for sound.
    store = Store(store.folder)
    steps = len(store.commits) + store.buckets
    batches = []
    for done, commit in enumerate(store.commits):
        progress(done, steps)
        batches.append(check_batch(store, commit))
    tally = Tally()
    for bucket in range(store.buckets):
        progress(len(batches) + bucket, steps)
        tally.merge(_bucket(store, bucket))
    progress(steps, steps)
    reports = [commit.report for commit in store.commits]
    damaged = _damaged_compacted(store)
    whole = not damaged and all(not one.damaged for one in batches)
    refused = sum(report["refused"] for report in reports)
    grade = grade_of(tally, rows=sum(report["rows"] for report in reports), refused=refused, integrity=whole)
    return StoreCheck(tuple(batches), tally, grade, damaged)


def check_batch(store: Store, commit: Commit) -> BatchCheck:
    """Check the files of one batch against its commit and grade its readings."""
    tally, damaged = Tally(), []
    leaves: list[bytes] = []
    dropped = [one for one in commit.partitions if store.manifest.dropped and store.manifest.replaces(one)]
    for one in commit.partitions if not dropped else ():
        try:
            path = store.file_of(one, check=True)
            for block in PartitionReader(path, one.block, one.batch).blocks():
                leaves.append(block.leaf())
                found = examine(block.series, block.values, block.flags, block.block.begin, block.block.interval)
                tally.add(found.findings)
                tally.expected += found.expected
                tally.present += found.present
                tally.usable += found.usable
                tally.meters += len(block.series)
        except PartitionDamaged:
            damaged.append(one.path)
    damaged += _damaged_sides(store, commit)
    if dropped and not damaged:
        # Its readings lie in compacted files; what is left of the batch itself are its leaves.
        leaves = [entry for _, entry in leaves_of(store, commit)]
    if not damaged and Tree(leaf_hashes(leaves)).root().hex() != commit.root:
        damaged.append("the Merkle root")
    report = commit.report
    grade = grade_of(tally, rows=report["rows"], refused=report["refused"], integrity=not damaged)
    return BatchCheck(commit, grade, tally, tuple(damaged))


def _damaged_sides(store: Store, commit: Commit) -> list[str]:
    """Side files that are absent, and leaves that do not lead to the root."""
    damaged = []
    for kind, name in commit.files.items():
        path = store.folder / name
        if not path.is_file() or digest_of(path) != commit.digests.get(kind):
            damaged.append(name)
    return damaged


def _damaged_compacted(store: Store) -> tuple[str, ...]:
    paths = [(one.path, store.folder / one.path, one.sha256) for one in store.manifest.files]
    return tuple(name for name, path, digest in paths if not path.is_file() or digest_of(path) != digest)


def _bucket(store: Store, bucket: int) -> Tally:
    tally = Tally()
    # The batches have been held against their commits just before, and the damage is told file by file.
    windows = Windows(store, bucket, check=False)
    try:
        members = membership(store, bucket)
        reader = windows.reader(bucket)
        for node in reader.nodes:
            window = reader.window(node)
            if window is not None:
                found = examine(window.series, window.values, window.flags, window.begin, window.interval)
                tally.add(found.findings)
                tally.expected += found.expected
                tally.present += found.present
                tally.usable += found.usable
                tally.meters += len({one.meter for one in window.series})
    except PartitionDamaged:
        return tally
    for node in members.links:
        tally.add(members.clashes(node))
    return tally
