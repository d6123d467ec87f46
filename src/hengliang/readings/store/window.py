"""Dense matrices of a node over several months and batches: what an evaluation reads.

Later batches lie over earlier ones slot by slot: a slot that a later batch says nothing of keeps what was said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.readings.grid import Block
from hengliang.readings.model import MISSING, Bytes, Integers, Kind, Series
from hengliang.readings.store.partition import NodeBlock, PartitionReader
from hengliang.readings.store.store import Store


@dataclass(frozen=True, slots=True)
class NodeWindow:
    """The series filed under one node, over a window.

    begin : local second of the first slot; interval : seconds between slots
    values : (r, t) integers, MISSING where there is none; flags : (r, t) or None
    """

    node: str
    begin: int
    interval: int
    series: Sequence[Series]
    values: Integers
    flags: Bytes | None


class BucketReader:
    """Reads a bucket node by node, in order.

    until : leaves out what later batches said
    check : compare each file's hash with the commit first, so that no number is taken from a damaged file
    Raises PartitionDamaged.
    """

    def __init__(self, store: Store, bucket: int, *, until: int | None = None, check: bool = True) -> None:
        self._readers: list[PartitionReader] = []
        for block, files in store.partitions(bucket, until=until).items():
            for one in files:
                self._readers.append(PartitionReader(store.file_of(one, check=check), block, one.batch))

    @property
    def nodes(self) -> list[str]:
        """Every node that has readings here, sorted."""
        return sorted({node for reader in self._readers for node in reader.nodes})

    def blocks(self, node: str) -> list[NodeBlock]:
        """What each file holds of a node, months in order, batches in order within a month."""
        found = (reader.read(node) for reader in self._readers)
        return [one for one in found if one is not None]

    def window(self, node: str, first: int | None = None, end: int | None = None) -> NodeWindow | None:
        """The node between two local seconds (months that lie outside are not decoded)."""
        wanted = [one for one in self._readers if _touches(one.block, first, end)]
        blocks = [block for block in (reader.read(node) for reader in wanted) if block is not None]
        return window_of(node, blocks) if blocks else None


def window_of(node: str, blocks: Sequence[NodeBlock]) -> NodeWindow:
    """One dense matrix of several blocks."""
    if len(blocks) == 1:
        (one,) = blocks
        return NodeWindow(node, one.block.begin, one.block.interval, one.series, one.values, one.flags)
    interval = _common_interval(blocks)
    begin = min(one.block.begin for one in blocks)
    end = max(one.block.begin + one.block.slots * one.block.interval for one in blocks)
    series = _united(blocks)
    rows = {_same(one): row for row, one in enumerate(series)}
    values = np.full((len(series), (end - begin) // interval), MISSING, np.int64)
    flags: Bytes | None = None
    for block in blocks:
        places = np.array([rows[_same(one)] for one in block.series])
        part = _rescaled(block, [series[row] for row in places])
        marks = block.flags
        if block.block.interval < interval:
            part, marks = _coarser(block, part, interval // block.block.interval)
        first = (block.block.begin - begin) // interval
        stride = max(1, block.block.interval // interval)
        target = (slice(first, first + part.shape[1] * stride, stride),)
        said = part != MISSING
        if said.all():
            values[(places, *target)] = part
        else:
            values[(places, *target)] = np.where(said, part, values[(places, *target)])
        if marks is not None or flags is not None:
            flags = np.zeros(values.shape, np.uint8) if flags is None else flags
            marks = np.zeros(part.shape, np.uint8) if marks is None else marks
            flags[(places, *target)] = np.where(said, marks, flags[(places, *target)])
    return NodeWindow(node, begin, interval, series, values, flags)


def _coarser(block: NodeBlock, part: Integers, step: int) -> tuple[Integers, Bytes | None]:
    """Every `step`-th register, the sum of `step` amounts."""
    groups = part.reshape(len(part), -1, step)
    whole = (groups != MISSING).all(axis=2)
    sums = np.where(whole, np.where(groups == MISSING, 0, groups).sum(axis=2), MISSING)
    amounts = np.array([one.kind is Kind.INTERVAL for one in block.series], bool)[:, None]
    marks = None if block.flags is None else np.bitwise_or.reduce(block.flags.reshape(groups.shape), axis=2)
    return np.where(amounts, sums, groups[:, :, 0]), marks


def _same(one: Series) -> tuple[str, str, Kind, str]:
    return (one.meter, one.channel, one.kind, one.unit)


def _united(blocks: Iterable[NodeBlock]) -> tuple[Series, ...]:
    """Every series of the blocks, each with the finest digit that any batch has sent for it."""
    found: dict[tuple[str, str, Kind, str], Series] = {}
    for block in blocks:
        for one in block.series:
            known = found.get(_same(one))
            if known is None or one.exponent < known.exponent:
                found[_same(one)] = one
    return tuple(sorted(found.values()))


def _rescaled(block: NodeBlock, series: Sequence[Series]) -> Integers:
    shift = np.array([mine.exponent - whole.exponent for mine, whole in zip(block.series, series, strict=True)])
    if not shift.any():
        return block.values
    return np.where(block.values == MISSING, MISSING, block.values * 10 ** shift[:, None])


def _common_interval(blocks: Sequence[NodeBlock]) -> int:
    # Readings at hours fit among those at quarter hours; amounts of an hour do not tell those of its quarters.
    amounts = [b.block.interval for b in blocks if any(one.kind is Kind.INTERVAL for one in b.series)]
    if len(set(amounts)) > 1:
        return max(amounts)
    return min(one.block.interval for one in blocks)


def _touches(block: Block, first: int | None, end: int | None) -> bool:
    last = block.begin + block.slots * block.interval
    return (first is None or last > first) and (end is None or block.begin <= end)
