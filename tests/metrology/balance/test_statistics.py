"""Statistics add, come back from bytes, and know what they are of."""

from dataclasses import replace

import numpy as np
import pytest

from hengliang.metrology.balance import (
    BadShape,
    BadStatistics,
    MixedStatistics,
    NodeData,
    between,
    evaluate,
    from_bytes,
    merge,
    statistics,
    to_bytes,
    without_weeks,
)
from hengliang.metrology.balance.calendar import start_of, weeks_of
from tests.metrology.balance.district import HOUR, MONDAY, district


def cut(data: NodeData, first: int, past: int) -> NodeData:
    """Some periods of a node."""
    return replace(
        data, start=data.start + first * data.period, increments=data.increments[:, first:past],
        inflow=data.inflow[first:past], boundary_variance=data.boundary_variance[first : past + 1],
        period_variance=data.period_variance[first:past],
        losses=tuple(replace(term, values=term.values[first:past]) for term in data.losses),
    )  # fmt: skip


def test_weeks_begin_on_monday():
    assert start_of(weeks_of(MONDAY, HOUR, 1).first) == MONDAY
    grid = weeks_of(MONDAY - HOUR, HOUR, 2)
    assert (grid.count, grid.lead) == (2, 167)


def test_merged_weeks_are_the_whole():
    data, _ = district()
    whole = statistics(data)
    parts = [statistics(cut(data, a, b), whole.whitening) for a, b in ((0, 336), (336, 672))]
    merged = merge(parts)
    for one, other in zip(whole.weeks, merged.weeks, strict=True):
        assert one.columns == other.columns
        assert one.gram == pytest.approx(other.gram, rel=1e-9)
    a, b = evaluate(whole, limit=0.02), evaluate(merged, limit=0.02)
    assert [m.state for m in a.meters] == [m.state for m in b.meters]
    assert [m.error for m in a.meters] == pytest.approx([m.error for m in b.meters], abs=1e-7)


def test_the_order_of_merging_does_not_matter():
    whole = statistics(district()[0])
    weeks = [w.week for w in whole.weeks]
    early, late = between(whole, weeks[0], weeks[1]), without_weeks(whole, weeks[:2])
    assert to_bytes(merge([late, early])) == to_bytes(merge([early, late])) == to_bytes(whole)


def test_statistics_of_one_week_twice_or_whitened_differently_do_not_mix():
    whole = statistics(district()[0])
    with pytest.raises(MixedStatistics, match="weeks that stand in both"):
        merge([whole, whole])
    with pytest.raises(MixedStatistics, match="whitening"):
        merge([whole, replace(whole, whitening=replace(whole.whitening, white=9.0))])


def test_bytes_give_the_same_verdict_to_the_bit():
    whole = statistics(district(errors={2: -0.05})[0])
    again = from_bytes(to_bytes(whole))
    assert to_bytes(again) == to_bytes(whole)
    assert evaluate(again, limit=0.02) == evaluate(whole, limit=0.02)


@pytest.mark.parametrize("spoil", [lambda b: b[1:], lambda b: b[:-8], lambda b: b + bytes(8), lambda b: b[:60]])
def test_spoilt_bytes_are_refused(spoil):
    with pytest.raises(BadStatistics):
        from_bytes(spoil(to_bytes(statistics(district(weeks=1)[0]))))


def test_arrays_that_do_not_fit_are_refused():
    data, _ = district(weeks=1)
    with pytest.raises(BadShape, match="inflow of node N"):
        replace(data, inflow=np.ones(3))
