"""Layout D: one row per series and day (daily readings: per month), a first value and a list of differences.

Integers of the register's last digit, no floats: measured on real shapes a quarter of the bytes. A slot without
a reading is null in the list; the difference after it bridges it, so `first + cumsum(delta)` is the register.
Amounts of intervals stand in the list as they are, with `first` = 0.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hengliang.readings.grid import DAY, Block
from hengliang.readings.model import MISSING, Bytes, Integers, Kind, Series

Places = NDArray[np.int64]
_NARROW = 2**31


def to_rows(block: Block, homes: Sequence[str], series: Sequence[Series], values: Integers, flags: Bytes | None) -> pa.Table:
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


def from_rows(block: Block, table: pa.Table) -> tuple[list[Series], Integers, Bytes | None]:
    """The contrary of `to_rows`, for the rows of one node or of several.

    Gives the series in the rows' order, (r, slots) integers and (r, slots) flags or None.
    """
    series, owner = _owners(table)
    matrix = registers(table)
    width = matrix.shape[1]
    per_series = block.slots // width if block.interval < DAY else 1
    if len(matrix) == len(series) * per_series:
        whole = matrix
    else:
        day = table.column("day").cast(pa.int32()).to_numpy() - block.begin // DAY
        whole = np.full((len(series) * per_series, width), MISSING, np.int64)
        whole[owner * per_series + (day if per_series > 1 else 0)] = matrix
    values = whole.reshape(len(series), per_series * width)[:, : block.slots]
    return series, values, _flags_of(block, table, owner, len(series), per_series)


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
    return np.array([word == Kind.INTERVAL for word in words], bool)[kind.indices.to_numpy()]


def _owners(table: pa.Table) -> tuple[list[Series], Places]:
    """The series of the rows, and which row belongs to which; rows of one series lie together."""
    names = ("meter", "channel", "kind", "unit")
    coded = [table.column(name).combine_chunks() for name in names]
    codes = np.stack([one.indices.to_numpy() for one in coded] + [table.column("exponent").to_numpy()])
    starts = np.concatenate([[True], (codes[:, 1:] != codes[:, :-1]).any(axis=0)]) if codes.shape[1] else np.zeros(0, bool)
    owner = np.cumsum(starts) - 1
    words = [one.dictionary.to_pylist() for one in coded]
    picked = codes[:, starts].T.tolist()
    series = [Series(words[0][m], words[1][c], Kind(words[2][k]), e, words[3][u]) for m, c, k, u, e in picked]
    return series, owner


def _cut(block: Block, values: NDArray[np.generic], filler: int) -> Integers:
    """(r, slots) to (r * days, slots of a day), or for daily readings to (r, 31)."""
    if block.interval < DAY:
        return values.reshape(-1, block.row_slots)  # type: ignore[return-value]
    padded = np.full((len(values), 31), filler, values.dtype)
    padded[:, : block.slots] = values
    return padded  # type: ignore[return-value]


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


def _flags_of(block: Block, table: pa.Table, owner: Places, count: int, per_series: int) -> Bytes | None:
    column = table.column("flags").combine_chunks()
    if column.null_count == len(column):
        return None
    marked = column.is_valid().to_numpy(zero_copy_only=False)
    width = block.row_slots
    day = table.column("day").cast(pa.int32()).to_numpy() - block.begin // DAY if per_series > 1 else np.zeros(len(owner), int)
    whole = np.zeros((count * per_series, width), np.uint8)
    whole[(owner * per_series + day)[marked]] = column.flatten().to_numpy().reshape(-1, width)
    return whole.reshape(count, per_series * width)[:, : block.slots]
