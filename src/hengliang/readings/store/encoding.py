"""Layout D: one row per series and day (daily readings: per month), a first value and a list of differences.

Integers of the register's last digit, no floats: measured on real shapes a quarter of the bytes. A slot without
a reading is null in the list; the difference after it bridges it, so `first + cumsum(delta)` is the register.
Amounts of intervals stand in the list as they are, with `first` = 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hengliang.readings.grid import DAY, Block
from hengliang.readings.model import MISSING, Bytes, Integers, Kind, Series

Places = NDArray[np.int64]
_NARROW = 2**31


def to_rows(
    block: Block, homes: Sequence[str], series: Sequence[Series], values: Integers, flags: Bytes | None
) -> pa.Table:
    """The rows of a block, in the order of `series`.

    homes : (r,) node under which each series is filed; values : (r, slots); flags : (r, slots) or None
    """
    matrix = _cut(block, values, MISSING)
    valid = matrix != MISSING
    kept = np.flatnonzero(valid.any(axis=1))
    if len(kept) < len(matrix):
        matrix, valid = matrix[kept], valid[kept]
    per_series = len(_cut(block, values[:1], MISSING)) if len(values) else 1
    owner, day = np.divmod(kept, per_series)
    amounts = np.array([one.kind is Kind.INTERVAL for one in series], bool)[owner]
    first, delta = differences(matrix, valid, amounts)
    columns = {
        "node": _words(homes, owner),
        "meter": _words([one.meter for one in series], owner),
        "channel": _words([one.channel for one in series], owner),
        "kind": _words([str(one.kind) for one in series], owner),
        "unit": _words([one.unit for one in series], owner),
        "exponent": pa.array(np.array([one.exponent for one in series], np.int8)[owner]),
        "day": pa.array((block.begin // DAY + day).astype(np.int32)).cast(pa.date32()),
        "first": pa.array(first),
        "delta": _list(delta, valid),
        "flags": _flag_list(block, flags, kept),
    }
    return pa.table(columns)


def differences(matrix: Integers, valid: NDArray[np.bool_], amounts: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """First value and differences of each row.

    matrix : (n, s) integers; valid : (n, s); amounts : (n,) rows that hold amounts, which stay as they are
    """
    if valid.all():
        filled = matrix
    else:
        place = np.where(valid, np.arange(matrix.shape[1]), 0)
        np.maximum.accumulate(place, axis=1, out=place)
        leading = valid.argmax(axis=1)[:, None]
        filled = np.take_along_axis(matrix, np.maximum(place, leading), axis=1)
    first = np.where(amounts, 0, filled[:, 0])
    delta = np.zeros_like(filled)
    np.subtract(filled[:, 1:], filled[:, :-1], out=delta[:, 1:])
    if amounts.any():
        delta[amounts] = matrix[amounts]
    return first, delta


class SeriesTable(Sequence[Series]):
    """The series of some rows, each made when it is asked for: among daily readings there is one for every 31.

    words : of meter, channel, kind and unit; codes : (5, r) their places, and exponents
    """

    def __init__(self, words: Sequence[list[str]], codes: Places) -> None:
        self._words, self._codes = words, codes

    def __len__(self) -> int:
        return int(self._codes.shape[1])

    @overload
    def __getitem__(self, at: int) -> Series: ...

    @overload
    def __getitem__(self, at: slice) -> "SeriesTable": ...

    def __getitem__(self, at: int | slice) -> "Series | SeriesTable":
        if isinstance(at, slice):
            return SeriesTable(self._words, self._codes[:, at])
        meter, channel, kind, unit, exponent = (int(code) for code in self._codes[:, at])
        words = self._words
        return Series(words[0][meter], words[1][channel], Kind(words[2][kind]), exponent, words[3][unit])


@dataclass(frozen=True, slots=True)
class Decoded:
    """Rows of a partition, decoded: many nodes at once, since each call costs more than a node.

    numbers : (n, s); owner : (n,) place of each row's series; day : (n,) day of the month; flags : (n, s) or None
    """

    block: Block
    series: SeriesTable
    numbers: Integers
    owner: Places
    day: Places
    flags: Bytes | None

    def slice(self, begin: int, end: int) -> "tuple[SeriesTable, Integers, Bytes | None]":
        """Series, (r, slots) integers and (r, slots) flags or None of a range of rows that holds whole series."""
        first, last = int(self.owner[begin]), int(self.owner[end - 1]) + 1
        width, count = self.numbers.shape[1], last - first
        per_series = self.block.slots // width if self.block.interval < DAY else 1
        place: Places | None = None
        if end - begin != count * per_series:
            place = (self.owner[begin:end] - first) * per_series
            place = place + self.day[begin:end] if per_series > 1 else place
        values = _spread(self.numbers[begin:end], place, count * per_series, MISSING)
        flags = None if self.flags is None else self.flags[begin:end]
        marks = None if flags is None or not flags.any() else _spread(flags, place, count * per_series, 0)
        shape = (count, per_series * width)
        found = None if marks is None else marks.reshape(shape)[:, : self.block.slots].astype(np.uint8, copy=False)
        return self.series[first:last], values.reshape(shape)[:, : self.block.slots], found


def decode(block: Block, table: pa.Table) -> Decoded:
    """Rows of a partition as arrays."""
    series, owner = _owners(table)
    day = table.column("day").cast(pa.int32()).to_numpy() - block.begin // DAY
    return Decoded(block, series, registers(table), owner, day, _flags_of(block, table))


def from_rows(block: Block, table: pa.Table) -> tuple[list[Series], Integers, Bytes | None]:
    """The contrary of `to_rows`.

    Gives the series in the rows' order, (r, slots) integers and (r, slots) flags or None.
    """
    if not table.num_rows:
        return [], np.empty((0, block.slots), np.int64), None
    series, values, flags = decode(block, table).slice(0, table.num_rows)
    return list(series), values, flags


def _spread(rows: NDArray[Any], place: Places | None, count: int, filler: int) -> NDArray[Any]:
    """Rows at their places among `count`; as they are when none is missing."""
    if place is None:
        return rows
    whole = np.full((count, rows.shape[1]), filler, rows.dtype)
    whole[place] = rows
    return whole


def registers(table: pa.Table) -> Integers:
    """(n, s) the numbers of n rows; MISSING where the list is null."""
    lists = table.column("delta").combine_chunks()
    width = lists.type.list_size
    flat = lists.flatten()
    holes = None
    if flat.null_count:
        holes = flat.is_null().to_numpy(zero_copy_only=False).reshape(-1, width)
        flat = flat.fill_null(0)
    delta = flat.to_numpy().reshape(-1, width)
    first = table.column("first").to_numpy()
    amounts = _amounts(table)
    if amounts is None:
        numbers = np.empty(delta.shape, np.int64)
        np.cumsum(delta, axis=1, dtype=np.int64, out=numbers)
        numbers += first[:, None]
    else:
        numbers = np.where(amounts[:, None], delta, np.cumsum(delta, axis=1, dtype=np.int64) + first[:, None])
    if holes is not None:
        numbers[holes] = MISSING
    return numbers


def _amounts(table: pa.Table) -> NDArray[np.bool_] | None:
    kind = table.column("kind").combine_chunks()
    words = kind.dictionary.to_pylist()
    if Kind.INTERVAL not in words:
        return None
    return np.asarray(np.array([word == Kind.INTERVAL for word in words], bool)[kind.indices.to_numpy()])


def _owners(table: pa.Table) -> tuple[SeriesTable, Places]:
    """The series of the rows, and which row belongs to which; rows of one series lie together."""
    coded = [table.column(name).combine_chunks() for name in ("meter", "channel", "kind", "unit")]
    codes = np.stack([one.indices.to_numpy() for one in coded] + [table.column("exponent").to_numpy()])
    starts = np.ones(codes.shape[1], bool)
    starts[1:] = (codes[:, 1:] != codes[:, :-1]).any(axis=0)
    return SeriesTable([one.dictionary.to_pylist() for one in coded], codes[:, starts]), np.cumsum(starts) - 1


def _cut(block: Block, values: NDArray[Any], filler: int) -> NDArray[Any]:
    """(r, slots) to (r * days, slots of a day), or for daily readings to (r, 31)."""
    if block.interval < DAY:
        return np.asarray(values.reshape(-1, block.row_slots))
    padded = np.full((len(values), 31), filler, values.dtype)
    padded[:, : block.slots] = values
    return padded


def _words(words: Sequence[str], owner: Places) -> pa.DictionaryArray:
    encoded = pa.array(words, pa.string()).dictionary_encode()
    indices = encoded.indices.to_numpy()[owner] if len(owner) else np.zeros(0, np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), encoded.dictionary)


def _list(delta: Integers, valid: NDArray[np.bool_]) -> pa.FixedSizeListArray:
    narrow = bool((np.abs(np.where(valid, delta, 0)) < _NARROW).all()) if delta.size else True
    kind = pa.int32() if narrow else pa.int64()
    cells = delta.astype(np.int32) if narrow else delta
    mask = None if valid.all() else ~valid.reshape(-1)
    return pa.FixedSizeListArray.from_arrays(pa.array(cells.reshape(-1), kind, mask=mask), delta.shape[1])


def _flag_list(block: Block, flags: Bytes | None, kept: Places) -> pa.Array:
    kind = pa.list_(pa.uint8())
    if flags is None or not flags.any():
        return pa.nulls(len(kept), kind)
    rows = _cut(block, flags, 0)[kept]
    marked = rows.any(axis=1)
    # Nearly no row has a flag: a null costs nothing, a list only where there is something to say.
    offsets = np.concatenate([[0], np.cumsum(np.where(marked, rows.shape[1], 0))]).astype(np.int32)
    cells = pa.array(rows[marked].reshape(-1), pa.uint8())
    return pa.ListArray.from_arrays(pa.array(offsets), cells, mask=pa.array(~marked))


def _flags_of(block: Block, table: pa.Table) -> Bytes | None:
    column = table.column("flags").combine_chunks()
    if column.null_count == len(column):
        return None
    whole = np.zeros((len(column), block.row_slots), np.uint8)
    whole[column.is_valid().to_numpy(zero_copy_only=False)] = column.flatten().to_numpy().reshape(-1, block.row_slots)
    return whole
