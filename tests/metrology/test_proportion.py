"""The interval of a share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.proportion import ProportionError, share_interval


@pytest.mark.parametrize(
    ("found", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),  # Clopper and Pearson 1934: 1 - 0.025^(1/10)
        (10, 10, 0.6915, 1.0),
        (1, 10, 0.0025, 0.4450),  # ISO 11453:1996, table 2-sided 95 %: n = 10, x = 1
        (5, 20, 0.0866, 0.4910),
    ],
)
def test_published_intervals(found, n, low, high):
    assert share_interval(found, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors(counts):
    found, n = counts
    low, high = share_interval(found, n)
    assert low <= found / n <= high
    assert share_interval(n - found, n) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize("counts", [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(counts):
    with pytest.raises(ProportionError):
        share_interval(*counts)
