"""Factors of the standard's table, limits by hand, and every pattern once."""

import numpy as np
import pytest

from hengliang.metrology.control_chart import cusum, ewma, individuals, mean_and_range, mean_and_sd, signals
from hengliang.metrology.control_chart.charts import Chart
from hengliang.metrology.control_chart.errors import BadGroups, BadNumber, NoScatter, TooFewGroups
from hengliang.metrology.control_chart.factors import c4, d2, d3


@pytest.mark.parametrize(
    ("n", "printed"),
    [
        (2, (0.7979, 1.128, 0.853)),
        (5, (0.9400, 2.326, 0.864)),
        (10, (0.9727, 3.078, 0.797)),
        (25, (0.9896, 3.931, 0.708)),
    ],
)
def test_factors_of_the_table(n, printed):
    assert (round(c4(n), 4), round(d2(n), 3), round(d3(n), 3)) == pytest.approx(printed, abs=1e-9)


def test_mean_and_range_limits_by_the_printed_factors():
    """n = 5: A2 = 0.577, D3 = 0, D4 = 2.114."""
    groups = np.array([[5.0, 5.2, 4.8, 5.1, 4.9], [5.1, 5.3, 5.0, 4.9, 5.2], [4.9, 5.0, 5.1, 4.8, 5.2]])
    means, ranges = mean_and_range(groups)
    assert means.upper[0] == pytest.approx(groups.mean() + 0.577 * 0.4, abs=1e-3)
    assert (ranges.lower[0], ranges.upper[0]) == pytest.approx((0.0, 2.114 * 0.4), abs=1e-3)


def test_mean_and_sd_limits_by_the_printed_factors():
    """n = 5: A3 = 1.427, B4 = 2.089."""
    groups = np.array([[5.0, 5.2, 4.8, 5.1, 4.9], [5.1, 5.3, 5.0, 4.9, 5.2]])
    means, sds = mean_and_sd(groups)
    s = groups.std(axis=1, ddof=1).mean()
    assert means.upper[0] == pytest.approx(groups.mean() + 1.427 * s, abs=1e-3)
    assert sds.upper[0] == pytest.approx(2.089 * s, abs=1e-3)


def test_individuals_by_the_printed_factors():
    chart, moving = individuals([10.0, 10.2, 9.9, 10.1, 13.0])
    mean_range = np.abs(np.diff([10.0, 10.2, 9.9, 10.1, 13.0])).mean()
    assert chart.upper[0] - chart.centre == pytest.approx(2.660 * mean_range, rel=1e-3)
    assert moving.upper[0] == pytest.approx(3.267 * mean_range, rel=1e-3)


def test_ewma_by_hand():
    chart = ewma([1.0, 1.0], 0.0, 1.0, weight=0.2)
    assert chart.points.tolist() == pytest.approx([0.2, 0.36])
    assert chart.upper[0] == pytest.approx(3 * 0.2)
    assert ewma(np.zeros(200), 0.0, 1.0).upper[-1] == pytest.approx(1.0)


def test_a_small_shift_is_seen_by_cusum_but_not_by_the_limits():
    values = np.full(20, 1.0)
    assert cusum(values, 0.0, 1.0).signals[0] == 10  # 0.5 a step passes 5 with the eleventh
    assert (np.abs(values) < 3).all()
    assert cusum(-values, 0.0, 1.0).low[-1] == pytest.approx(10.0)


PATTERNS = {
    1: [0.1, -0.2, 3.1],
    2: [0.5, 0.4] * 4 + [0.5],
    3: [-1.2, -0.7, -0.2, 0.3, 0.8, 1.3],
    4: [0.5, -0.5] * 7,
    5: [2.1, 0.0, 2.2],
    6: [1.1, 1.2, -0.5, 1.3, 1.4],
    7: [0.3, 0.2, -0.4] * 5,
    8: [1.5, -1.5, -1.2, 1.1, 1.6, -1.3, 1.2, -1.4],
}


@pytest.mark.parametrize("test", PATTERNS)
def test_each_pattern_is_found_at_its_last_point_and_not_before(test):
    z = np.array(PATTERNS[test])
    ones = np.ones(len(z))
    chart = Chart("z", z, 0.0, -3 * ones, 3 * ones, ones)
    found = signals(chart, (test,))
    assert [s.at for s in found] == [len(z) - 1]


def test_wrong_use_is_refused():
    with pytest.raises(BadGroups):
        mean_and_sd([[1, 2], [1, 2, 3]])
    with pytest.raises(BadGroups):
        mean_and_range([[1], [2]])
    with pytest.raises(TooFewGroups):
        individuals([1, 2])


def test_a_chart_without_scatter_shows_no_patterns_and_says_why():
    with pytest.raises(NoScatter, match="finer digits"):
        signals(individuals([1.0, 1.0, 1.0, 1.0])[0])


@pytest.mark.parametrize("weight", [0, 1.2, -0.2])
def test_a_weight_is_a_share(weight):
    with pytest.raises(BadNumber, match="weight"):
        ewma([1.0, 2.0], 1.0, 1.0, weight=weight)
    assert ewma([1.0, 2.0], 1.0, 1.0, weight=1).points.tolist() == [1.0, 2.0]
