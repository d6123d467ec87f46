"""Layout D: what goes in comes out, to the last digit, gaps and flags included."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.readings.grid import DAY, Block, month_of
from hengliang.readings.model import MISSING, Flag, Kind, Series
from hengliang.readings.store.encoding import from_rows, registers, to_rows
from hengliang.readings.store.partition import NodeBlock, PartitionReader, write_partition

FEBRUARY = Block(month_of(1_769_904_000), 3600)


def series(count, kinds=(Kind.REGISTER,)):
    return [Series(f"M{at:03d}", kind=kinds[at % len(kinds)]) for at in range(count)]


def filled(rng, block, rows, missing):
    values = rng.integers(0, 10**6, (rows, 1)) + np.cumsum(rng.integers(0, 50, (rows, block.slots)), axis=1)
    values[rng.random(values.shape) < missing] = MISSING
    return values


@given(
    seed=st.integers(0, 10_000),
    rows=st.integers(1, 5),
    missing=st.sampled_from([0.0, 0.01, 0.5, 0.97]),
    interval=st.sampled_from([900, 3600, DAY]),
    huge=st.booleans(),
)
def test_what_goes_in_comes_out(seed, rows, missing, interval, huge):
    rng = np.random.default_rng(seed)
    block = Block(FEBRUARY.month, interval)
    values = filled(rng, block, rows, missing)
    if huge:  # a bulk meter whose steps do not fit into 32 bits
        values[:, ::3] = np.where(values[:, ::3] == MISSING, MISSING, values[:, ::3] * 10**7)
    flags = np.where(rng.random(values.shape) < 0.01, Flag.CONFLICT, 0).astype(np.uint8)
    flags[values == MISSING] = 0
    whole = series(rows, (Kind.REGISTER, Kind.INTERVAL, Kind.LEVEL))
    table = to_rows(block, ["N"] * rows, whole, values, flags)
    found, back, marks = from_rows(block, table)
    kept = [at for at in range(rows) if (values[at] != MISSING).any()]
    assert found == [whole[at] for at in kept]
    assert (back == values[kept]).all()
    if marks is None:
        assert not flags[kept].any()
    else:
        assert (marks == flags[kept]).all()


def test_differences_are_narrow_unless_a_meter_needs_more():
    values = np.arange(FEBRUARY.slots, dtype=np.int64)[None, :] * 100
    narrow = to_rows(FEBRUARY, ["N"], series(1), values, None)
    wide = to_rows(FEBRUARY, ["N"], series(1), values * 10**8, None)
    assert narrow.schema.field("delta").type == pa.list_(pa.int32(), 24)
    assert wide.schema.field("delta").type == pa.list_(pa.int64(), 24)
    assert (registers(wide).reshape(1, -1)[0, : FEBRUARY.slots] == values[0] * 10**8).all()


def test_a_gap_is_bridged_by_the_difference_after_it():
    values = np.full((1, FEBRUARY.slots), MISSING)
    values[0, [3, 7]] = 100, 150
    table = to_rows(FEBRUARY, ["N"], series(1), values, None)
    assert table.column("first")[0].as_py() == 100
    assert table.column("delta")[0].as_py()[:8] == [None, None, None, 0, None, None, None, 50]


def test_a_partition_is_read_node_by_node(tmp_path):
    rng = np.random.default_rng(3)
    homes = [f"N{at // 40:02d}" for at in range(400)]
    whole = [Series(f"M{at:04d}") for at in range(400)]
    values = filled(rng, FEBRUARY, 400, 0.02)
    rows = write_partition(tmp_path / "p.parquet", FEBRUARY, homes, whole, values, None)
    reader = PartitionReader(tmp_path / "p.parquet", FEBRUARY)
    assert rows == 400 * 28
    assert reader.nodes == sorted(set(homes))
    for place, node in enumerate(reader.nodes):
        block = reader.read(node)
        assert (block.values == values[place * 40 : place * 40 + 40]).all()
    assert reader.read("N99") is None


def test_the_leaf_speaks_of_the_numbers_alone():
    values = filled(np.random.default_rng(4), FEBRUARY, 2, 0.0)
    block = NodeBlock("N", FEBRUARY, tuple(series(2)), values, None)
    other = values.copy()
    other[1, 5] += 1
    assert (
        block.leaf()
        == NodeBlock("N", FEBRUARY, tuple(series(2)), values.copy(), np.zeros(values.shape, np.uint8)).leaf()
    )
    assert block.leaf() != NodeBlock("N", FEBRUARY, tuple(series(2)), other, None).leaf()
    assert b"28800" not in block.leaf()  # no reading stands in it


@pytest.mark.parametrize("interval", [900, DAY])
def test_any_reader_of_parquet_finds_the_registers(tmp_path, interval):
    """A store is no prison: first + running sum of delta, by DuckDB alone."""
    import duckdb

    block = Block(FEBRUARY.month, interval)
    values = filled(np.random.default_rng(5), block, 3, 0.0)
    write_partition(tmp_path / "p.parquet", block, ["N"] * 3, series(3), values, None)
    query = f"select max(first + list_sum(delta)) from read_parquet('{tmp_path / 'p.parquet'}')"  # noqa: S608
    assert duckdb.sql(query).fetchall()[0][0] == values.max()
