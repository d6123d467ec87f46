"""Imports files into a store as one batch: all that could be read, or, when killed, nothing."""

import gc
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from hengliang.readings.ahead import CORES, ahead
from hengliang.readings.errors import NoTable, ProfileRefused, ReadingsError, SourceRefused
from hengliang.readings.grid import interval_name, show
from hengliang.readings.intake.assembling import SeriesBlock, assemble, decide_kinds, links_of
from hengliang.readings.intake.files import Source, expand
from hengliang.readings.intake.ignored import ignored
from hengliang.readings.intake.opening import Opened, open_all
from hengliang.readings.intake.reading import FileReader, Intake, Progress
from hengliang.readings.intake.topology_file import read_topology
from hengliang.readings.model import MISSING, Link
from hengliang.readings.store.layout import bucket_of, partition_name, write_whole
from hengliang.readings.store.manifest import PartitionFile
from hengliang.readings.store.partition import NodeBlock, write_partition
from hengliang.readings.store.store import Commit, Store
from hengliang.readings.store.topology import homes_of, write_links
from hengliang.trust.merkle import Tree, leaf_hashes

EXAMPLES = 20


def import_files(
    paths: Sequence[Path],
    store: Store,
    *,
    said: Mapping[str, Any] | None = None,
    now: datetime | None = None,
    progress: Progress = lambda _file, _rows: None,
) -> Commit:
    """Import files, folders and archives as one batch.

    said : a profile's fields by hand, see `intake/profile.py`
    now : when the batch is committed, UTC
    progress : called with a file's name and a number of readings
    What lies in a folder or archive and can't be read is told in the report, and the rest is read.
    Raises SourceRefused, ProfileRefused where a file that was pointed at, or every one, can't be; nothing is imported.
    """
    with store.writing(), _uncollected(), tempfile.TemporaryDirectory(prefix=".room-", dir=store.folder) as room:
        connection = duckdb.connect()
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"set temp_directory = '{Path(room).as_posix().replace(chr(39), chr(39) * 2)}'")
        faults: list[ReadingsError] = []
        opened = open_all(expand(list(paths), Path(room), faults), connection, said or {}, faults)
        intake, links = _read(opened, connection, store, progress, faults)
        intake.passed_over = [one.parameters for one in faults if _is_note(one)]
        intake.refused_files = [one.parameters for one in faults if not _is_note(one)]
        connection.close()
        return _commit(store, intake, links, now or datetime.now(UTC))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for objects that hold each other: an import makes millions, all of which stay, and none of that kind.

    With a million meters the search took a fifth of the import.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _is_note(fault: ReadingsError) -> bool:
    return isinstance(fault, NoTable)


def _read(
    opened: Sequence[Opened],
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    progress: Progress,
    faults: list[ReadingsError],
) -> tuple[Intake, list[Link]]:
    """All files; `faults` takes those of a folder of which no row could be read. Raises SourceRefused."""
    intake, links = Intake(store.offset), []
    for one in opened:
        if one.profile.form == "topology":
            with _bearing(one.source, faults):
                found, report = read_topology(
                    connection, one.source, one.head, one.profile, store.offset, intake.refusals
                )
                links += found
                intake.files.append(report)
    with ThreadPoolExecutor(CORES) as pool:
        for step in ahead(_steps(opened, intake, connection, progress, pool, faults)):
            step()
    if faults and not intake.files:
        raise faults[0]
    decide_kinds(intake)
    columns = {one.source.name: ignored(one.head, one.profile) for one in opened}
    for report in intake.files:
        report.ignored = columns[report.file]
    return intake, links


@contextmanager
def _bearing(source: Source, faults: list[ReadingsError]) -> Iterator[None]:
    """One file of a folder that can't be read is told and does not stop the others."""
    try:
        yield
    except (SourceRefused, ProfileRefused) as fault:
        if source.named:
            raise
        faults.append(fault)


def _steps(
    opened: Sequence[Opened],
    intake: Intake,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress,
    pool: Executor,
    faults: list[ReadingsError],
) -> Iterator[Callable[[], None]]:
    """All that is to be done to read the files, one after the other: the next is parsed while the last is entered."""
    for one in opened:
        if one.profile.form != "topology":
            with _bearing(one.source, faults):
                reader = FileReader(intake, connection, one.source, one.head, one.profile, progress)
                for step in reader.steps(pool):
                    yield partial(_step, step, reader, one.source, faults)


def _step(
    step: Callable[[], None],
    reader: FileReader,
    source: Source,
    faults: list[ReadingsError],
) -> None:
    """One step; only a file of which nothing was entered can be left out afterwards. Raises SourceRefused."""
    try:
        step()
    except SourceRefused as fault:
        if source.named or reader.readings:
            raise
        faults.append(fault)


def _commit(store: Store, intake: Intake, said: Sequence[Link], now: datetime) -> Commit:
    batch = len(store.commits) + 1
    links = links_of(intake, said)
    homes = _homes(store, intake, links)
    partitions: list[PartitionFile] = []
    leaves: list[tuple[str, bytes]] = []
    with ThreadPoolExecutor(CORES) as pool:
        for writing in ahead(_writings(store, intake, homes, batch, pool), CORES):
            partition, found = writing.result()
            partitions.append(partition)
            leaves += found
    tree = Tree(leaf_hashes(entry for _, entry in leaves))
    commit = Commit(
        batch,
        now.isoformat(timespec="seconds"),
        tree.root().hex(),
        len(leaves),
        store.state,
        tuple(partitions),
        *_side_files(store, intake, links, homes, leaves, batch),
        _report(intake),
    )
    store.commit(commit)
    return commit


def _homes(store: Store, intake: Intake, links: Sequence[tuple[Link, bool]]) -> dict[str, str]:
    """Where each meter's readings are filed: where they were before, else at the node seen first."""
    meters = {key.meter for key in intake.keys.keys} | {link.meter for link, _ in links}
    homes = homes_of(store.files("topology"), meters)
    for link, _ in sorted(links, key=lambda one: one[0].begin or ""):
        homes.setdefault(link.meter, link.node)
    return homes


def _buckets(whole: SeriesBlock, buckets: int) -> Iterator[tuple[int, SeriesBlock]]:
    """The parts of a block that lie in each bucket and hold anything."""
    places = {home: bucket_of(home, buckets) for home in set(whole.homes)}
    owner = np.array([places[home] for home in whole.homes], np.int64)
    present = (whole.values != MISSING).any(axis=1)
    for bucket in sorted(set(owner[present].tolist())):
        rows = np.flatnonzero((owner == bucket) & present)
        yield (
            bucket,
            SeriesBlock(
                whole.block,
                tuple(whole.homes[row] for row in rows),
                tuple(whole.series[row] for row in rows),
                whole.values[rows],
                None if whole.flags is None else whole.flags[rows],
            ),
        )


def _writings(
    store: Store, intake: Intake, homes: Mapping[str, str], batch: int, pool: Executor
) -> Iterator[Future[tuple[PartitionFile, list[tuple[str, bytes]]]]]:
    """The partitions of a batch, each being written by the pool."""
    for block in sorted(intake.blocks):
        for bucket, part in _buckets(assemble(intake, intake.blocks[block], homes), store.buckets):
            yield pool.submit(_write, store, part, bucket, batch)


def _write(store: Store, part: SeriesBlock, bucket: int, batch: int) -> tuple[PartitionFile, list[tuple[str, bytes]]]:
    """Write a partition; gives it with the nodes and leaves of what it holds."""
    name = partition_name(part.block, bucket, batch)
    rows = 0

    def write(path: Path) -> None:
        """Write the partition and keep how many rows it has."""
        nonlocal rows
        rows = write_partition(path, part.block, part.homes, part.series, part.values, part.flags)

    digest = write_whole(store.folder / name, write)
    leaves = [(node.node, node.leaf()) for node in _nodes(part)]
    return PartitionFile(name, part.block, bucket, batch, digest, rows), leaves


def _nodes(part: SeriesBlock) -> Iterator[NodeBlock]:
    begin = 0
    for end in range(1, len(part.homes) + 1):
        if end == len(part.homes) or part.homes[end] != part.homes[begin]:
            flags = None if part.flags is None else part.flags[begin:end]
            yield NodeBlock(part.homes[begin], part.block, part.series[begin:end], part.values[begin:end], flags)
            begin = end


def _side_files(
    store: Store,
    intake: Intake,
    links: Sequence[tuple[Link, bool]],
    homes: Mapping[str, str],
    leaves: Sequence[tuple[str, bytes]],
    batch: int,
) -> tuple[dict[str, str], dict[str, str]]:
    """Write what stands beside the partitions; gives their paths and hashes by kind."""
    files = {"leaves": f"leaves/{batch:06d}.json"}
    content = json.dumps([[node, entry.decode()] for node, entry in leaves], ensure_ascii=False).encode()
    digests = {"leaves": write_whole(store.folder / files["leaves"], lambda path: path.write_bytes(content))}
    if links:
        files["topology"] = f"topology/{batch:06d}.parquet"
        rows = [(link, said, homes[link.meter]) for link, said in links]
        digests["topology"] = write_whole(
            store.folder / files["topology"], lambda path: write_links(path, rows, store.buckets)
        )
    if intake.refusals.total:
        files["refused"] = f"refused/{batch:06d}.csv"
        digests["refused"] = write_whole(store.folder / files["refused"], intake.refusals.write)
    return files, digests


def _report(intake: Intake) -> dict[str, Any]:
    """Counts and findings that only the raw rows could tell."""
    repeats = [dense.repeats for dense in intake.blocks.values()]
    examples = [
        {"meter": intake.keys.keys[key].meter, "time": show(second), "kept": held, "repeated": value}
        for one in repeats
        for key, second, held, value in one.examples
    ]
    skewed = [
        {"meter": intake.keys.keys[key].meter, "time": show(second), "seconds_off": off}
        for key, second, off in intake.skewed
    ]
    files = [{**asdict(one), "interval": interval_name(one.interval) if one.interval else ""} for one in intake.files]
    return {
        "files": files,
        "passed_over": intake.passed_over,
        "refused_files": intake.refused_files,
        "rows": sum(one.rows for one in intake.files),
        "readings": sum(one.readings for one in intake.files),
        "empty": sum(one.empty for one in intake.files),
        "refused": intake.refusals.total,
        "refusals": intake.refusals.summary(),
        "duplicates": {
            "identical": sum(one.identical for one in repeats),
            "conflicting": sum(one.conflicting for one in repeats),
            "examples": examples[:EXAMPLES],
        },
        "skewed": {"count": sum(one.skewed for one in intake.files), "examples": skewed[:EXAMPLES]},
    }
