"""Compacts a store: of each bucket and month, one file instead of one for every batch.

Killed at any moment, the store is the old or the new one: files are written beside the others, the manifest is
renamed into place when all are whole, and only then may a later sweep take away what it replaces.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.readings.grid import Block
from hengliang.readings.model import MISSING, Bytes, Integers, Series
from hengliang.readings.store.layout import compacted_name, write_whole
from hengliang.readings.store.manifest import MANIFEST, Manifest, PartitionFile
from hengliang.readings.store.partition import NodeBlock, PartitionReader, write_partition
from hengliang.readings.store.store import Store
from hengliang.readings.store.window import NodeWindow, window_of

Progress = Callable[[int, int], None]
FEWEST = 2  # files of a bucket and month from which laying them together saves anything


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a compaction has changed.

    files_before, files_after : partition files that a reader opens; written : of these made now
    bytes_before, bytes_after : of the partition files in the store
    """

    files_before: int
    files_after: int
    written: int
    bytes_before: int
    bytes_after: int


def compact(store: Store, *, drop: bool = False, progress: Progress = lambda _done, _all: None) -> Compacted:
    """Lay the files of every bucket and month together.

    drop : give up the files that are replaced, and with them what was known before the last batch
    Raises PartitionDamaged, StoreRefused.
    """
    with store.writing():
        before = _lying(store)
        work = [
            (bucket, block, files)
            for bucket in range(store.buckets)
            for block, files in store.partitions(bucket).items()
            if len(files) >= FEWEST
        ]
        opened = sum(len(files) for bucket in range(store.buckets) for files in store.partitions(bucket).values())
        made = []
        for done, (bucket, block, files) in enumerate(work):
            progress(done, len(work))
            made.append(_together(store, bucket, block, files))
        progress(len(work), len(work))
        renewed = {(one.bucket, one.block) for one in made}
        older = [one for one in store.manifest.files if (one.bucket, one.block) not in renewed]
        manifest = Manifest((*older, *made), drop or store.manifest.dropped)
        write_whole(store.folder / MANIFEST, lambda path: path.write_bytes(manifest.to_bytes()))
        store.adopt(manifest)
    saved = sum(len(files) - 1 for _, _, files in work)
    return Compacted(opened, opened - saved, len(made), before, _lying(store))


def _lying(store: Store) -> int:
    return sum(path.stat().st_size for path in (store.folder / "readings").rglob("*.parquet"))


def _together(store: Store, bucket: int, block: Block, files: Sequence[PartitionFile]) -> PartitionFile:
    """One file of several, later batches over earlier ones."""
    readers = [PartitionReader(store.file_of(one, check=True), block, one.batch) for one in files]
    nodes = sorted({node for reader in readers for node in reader.nodes})
    windows = [_window(node, [reader.read(node) for reader in readers]) for node in nodes]
    homes = [window.node for window in windows for _ in window.series]
    series = [one for window in windows for one in window.series]
    values = np.concatenate([window.values for window in windows])
    last = files[-1].batch
    name = compacted_name(block, bucket, last)
    rows = 0

    def write(path: object) -> None:
        """Write the joined partition and keep how many rows it has."""
        nonlocal rows
        rows = write_partition(path, block, homes, series, values, _flags(windows))  # type: ignore[arg-type]

    digest = write_whole(store.folder / name, write)
    return PartitionFile(name, block, bucket, last, digest, rows)


def _window(node: str, blocks: Sequence[NodeBlock | None]) -> NodeWindow:
    return window_of(node, [_sorted(one) for one in blocks if one is not None])


def _sorted(block: NodeBlock) -> NodeBlock:
    """A node's block with its series in order, as a window of several has them."""
    series: list[Series] = list(block.series)
    order = sorted(range(len(series)), key=series.__getitem__)
    flags = None if block.flags is None else block.flags[order]
    return NodeBlock(block.node, block.block, [series[at] for at in order], block.values[order], flags)


def _flags(windows: Sequence[NodeWindow]) -> Bytes | None:
    if all(window.flags is None for window in windows):
        return None
    return np.concatenate([_marks(window.values, window.flags) for window in windows])


def _marks(values: Integers, flags: Bytes | None) -> Bytes:
    if flags is None:
        return np.zeros(values.shape, np.uint8)
    return np.asarray(np.where(values == MISSING, 0, flags), np.uint8)
