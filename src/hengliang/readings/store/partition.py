"""One partition file: the series of one bucket in one month, sorted by node, readable node by node.

Row groups end at node boundaries and hold about RUN readings; the footer says at which row each node begins.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hengliang.readings.errors import PartitionDamaged
from hengliang.readings.grid import DAY, Block
from hengliang.readings.model import Bytes, Integers, Series
from hengliang.readings.store.encoding import Decoded, decode, to_rows
from hengliang.trust import canonical

RUN = 750_000
_FOOTER = b"hengliang"
_READ = ["meter", "channel", "kind", "unit", "exponent", "day", "first", "delta", "flags"]
_WORDS = ["node", "meter", "channel", "kind", "unit"]


@dataclass(frozen=True, slots=True)
class NodeBlock:
    """What one partition holds of one node.

    series : (r,); values : (r, slots) integers, MISSING where there is none; flags : (r, slots) or None
    """

    node: str
    block: Block
    series: Sequence[Series]
    values: Integers
    flags: Bytes | None

    def leaf(self) -> bytes:
        """The entry of the batch's Merkle tree: which node and month, and digests over series and numbers.

        Independent of Parquet: the series as JSON without spaces, the numbers as little-endian 64-bit integers, slot
        by slot, then the flags if any is set.
        """
        digest = hashlib.sha256(self.values.astype("<i8", copy=False).tobytes())
        if self.flags is not None and self.flags.any():
            digest.update(self.flags.tobytes())
        names = [(one.meter, one.channel, str(one.kind), one.exponent, one.unit) for one in self.series]
        series = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()
        head = {"node": self.node, "month": self.block.name, "interval": self.block.interval, "count": len(names)}
        return canonical.write({**head, "series": hashlib.sha256(series).hexdigest(), "sha256": digest.hexdigest()})


def write_partition(
    path: Path, block: Block, homes: Sequence[str], series: Sequence[Series], values: Integers, flags: Bytes | None
) -> int:
    """Write a partition, sorted by (home, series) already; gives the number of rows."""
    table = to_rows(block, homes, series, values, flags)
    index = _index(table.column("node").combine_chunks())
    table = table.replace_schema_metadata({_FOOTER: json.dumps(index, ensure_ascii=False).encode()})
    # Differences of a day's slots are small: one plane of bytes holds them, which zstd brings near their entropy.
    # Those of days spread over two bytes; bit packing is smaller there.
    delta = "DELTA_BINARY_PACKED" if block.interval == DAY else "BYTE_STREAM_SPLIT"
    packed = {"first": "DELTA_BINARY_PACKED", "delta.list.element": delta}
    with pq.ParquetWriter(
        path, table.schema, compression="zstd", compression_level=3, use_dictionary=_WORDS, column_encoding=packed
    ) as writer:
        for begin, end in _runs(index, max(1, RUN // block.row_slots)):
            writer.write_table(table.slice(begin, end - begin), row_group_size=max(1, end - begin))
    return int(table.num_rows)


class PartitionReader:
    """Reads a partition node by node, in order; each row group is decoded once."""

    def __init__(self, path: Path, block: Block, batch: int = 0) -> None:
        self.block = block
        self._path, self._batch = path, batch
        try:
            self._file = pq.ParquetFile(path, read_dictionary=_WORDS)
            self._index = {
                node: (begin, rows) for node, begin, rows in json.loads(self._file.schema_arrow.metadata[_FOOTER])
            }
        except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as fault:
            raise PartitionDamaged(file=str(path.name), batch=batch) from fault
        self._ends: list[int] = []
        for group in range(self._file.num_row_groups):
            self._ends.append((self._ends[-1] if self._ends else 0) + self._file.metadata.row_group(group).num_rows)
        self._held: tuple[int, Decoded] | None = None

    @property
    def nodes(self) -> list[str]:
        """The nodes of the file, in its order."""
        return list(self._index)

    def read(self, node: str) -> NodeBlock | None:
        """What the file holds of a node."""
        place = self._index.get(node)
        if place is None:
            return None
        begin, rows = place
        group = bisect_right(self._ends, begin)
        start = self._ends[group] - self._file.metadata.row_group(group).num_rows
        series, values, flags = self._group(group).slice(begin - start, begin - start + rows)
        return NodeBlock(node, self.block, series, values, flags)

    def blocks(self) -> Iterator[NodeBlock]:
        """Every node of the file."""
        for node in self._index:
            found = self.read(node)
            if found is not None:
                yield found

    def _group(self, group: int) -> Decoded:
        if self._held is None or self._held[0] != group:
            try:
                # Not the node: it is known from the footer, and its column is text.
                table = self._file.read_row_group(group, columns=_READ, use_threads=False)
                self._held = (group, decode(self.block, table))
            except (OSError, pa.ArrowException) as fault:
                raise PartitionDamaged(file=str(self._path.name), batch=self._batch) from fault
        return self._held[1]


def _index(nodes: pa.DictionaryArray) -> list[tuple[str, int, int]]:
    """(node, first row, rows) of each node; rows of one node lie together."""
    words = nodes.dictionary.to_pylist()
    found: list[tuple[str, int, int]] = []
    runs = pa.compute.run_end_encode(nodes.indices)
    begin = 0
    for code, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        found.append((words[code], begin, end - begin))
        begin = end
    return found


def _runs(index: Sequence[tuple[str, int, int]], rows: int) -> Iterator[tuple[int, int]]:
    """Row ranges of about `rows` rows that end where a node ends."""
    begin = end = 0
    for _, start, count in index:
        end = start + count
        if end - begin >= rows:
            yield begin, end
            begin = end
    if end > begin:
        yield begin, end
