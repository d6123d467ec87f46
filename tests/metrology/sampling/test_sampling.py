"""Plans, characteristics, switching, search and variables."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from hengliang.metrology.sampling import (
    LotOutcome,
    Plan,
    Series,
    Stage,
    VariablesPlan,
    accept_variables,
    advance,
    characteristic,
    judge_variables,
    limiting_quality_plan,
    single,
    two_point_plan,
    variables_plan,
)
from hengliang.metrology.sampling.errors import BadCounts, PlanOutOfReach, TooFewItems

DOUBLE = Plan((Stage(50, 1, 3), Stage(50, 4, 5)))
GOOD = LotOutcome(accepted=True, ac=1)
BAD = LotOutcome(accepted=False, ac=1)


def test_a_double_plan_by_hand():
    """Accepted at once with 0 or 1; with 2 the second sample decides at 4 in all."""
    p = 0.03
    first = binom.cdf(1, 50, p)
    second = binom.pmf(2, 50, p) * binom.cdf(2, 50, p)
    found = characteristic(DOUBLE, p)
    assert found.accept == pytest.approx(first + second, rel=1e-11)
    assert found.average_n == pytest.approx(50 + 50 * binom.pmf(2, 50, p), rel=1e-11)


def test_an_isolated_lot_is_hypergeometric():
    assert characteristic(single(20, 1), 0.05, lot=200).accept == pytest.approx(hypergeom.cdf(1, 200, 10, 20))
    sequential = Plan((Stage(10, None, 2), Stage(10, 1, 2)))
    assert characteristic(sequential, 0.05, lot=200).accept == pytest.approx(hypergeom.cdf(1, 200, 10, 20))


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_worse_lots_are_accepted_less_often(a, b):
    better, worse = sorted((a, b))
    assert characteristic(DOUBLE, better).accept >= characteristic(DOUBLE, worse).accept - 1e-11


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [([1], "accept"), ([2], "continue"), ([3], "reject"), ([2, 2], "accept"), ([2, 3], "reject")],
)
def test_verdicts(counts, verdict):
    assert DOUBLE.judge(counts) == verdict


def test_impossible_counts_are_refused():
    with pytest.raises(BadCounts):
        DOUBLE.judge([51])
    with pytest.raises(BadCounts):
        DOUBLE.judge([1, 1, 1])


def after(series, *lots):
    for lot in lots:
        series = advance(series, lot)
    return series


def test_two_of_five_make_it_tightened_and_five_good_bring_it_back():
    assert after(Series(), BAD, GOOD, GOOD, GOOD, BAD).inspection == "tightened"
    assert after(Series(), BAD, GOOD, GOOD, GOOD, GOOD, BAD).inspection == "normal"
    assert after(Series("tightened"), *[GOOD] * 5).inspection == "normal"
    assert after(Series("tightened"), *[GOOD] * 4).inspection == "tightened"


def test_five_bad_lots_under_tightened_inspection_end_it():
    assert after(Series("tightened"), *[BAD, GOOD] * 5).discontinued


def test_the_switching_score():
    assert after(Series(), *[GOOD] * 15).inspection == "reduced"
    assert after(Series(), *[GOOD] * 14).inspection == "normal"
    larger = LotOutcome(accepted=True, ac=3, accepted_one_step_tighter=True)
    assert after(Series(), *[larger] * 10).inspection == "reduced"
    assert after(Series(), *[larger] * 9, LotOutcome(accepted=True, ac=3)).score == 0
    assert advance(after(Series(), *[GOOD] * 14), GOOD, steady=False).inspection == "normal"
    assert after(Series("reduced"), BAD).inspection == "normal"


@pytest.mark.parametrize(
    ("lot", "quality", "ac", "n"), [(100, 0.02, 0, 69), (500, 0.05, 1, 73), (500, 0.0315, 10, 394)]
)
def test_limiting_quality_plans(lot, quality, ac, n):
    """Figures of an independent exact table; the defining property is checked beside."""
    found = limiting_quality_plan(lot, quality, ac)
    assert found.plan.n == n
    assert hypergeom.cdf(ac, lot, found.nonconforming, n) <= 0.10
    assert hypergeom.cdf(ac, lot, found.nonconforming, n - 1) > 0.10


def test_a_limit_that_no_sample_shows_is_refused():
    with pytest.raises(PlanOutOfReach):
        limiting_quality_plan(100, 0.02, 5)


def test_the_two_point_plan_is_the_smallest():
    plan = two_point_plan(0.01, 0.08)
    assert (plan.n, plan.stages[0].ac) == _smallest_by_trial(0.01, 0.08)


def _smallest_by_trial(producer, consumer):
    for n in range(1, 500):
        for ac in range(n):
            if binom.cdf(ac, n, consumer) <= 0.10 and binom.cdf(ac, n, producer) >= 0.95:
                return n, ac
    raise AssertionError


def test_variables_accept_as_simulated():
    plan = VariablesPlan(20, 1.7, "s")
    generator = np.random.default_rng(5)
    x = generator.standard_normal((40_000, 20))
    limit = 1.6448536269514722  # 5 % beyond
    accepted = (limit - x.mean(axis=1)) / x.std(axis=1, ddof=1) >= 1.7
    assert accept_variables(plan, 0.05) == pytest.approx(accepted.mean(), abs=0.01)


@pytest.mark.parametrize("method", ["s", "sigma"])
def test_a_variables_plan_meets_both_risks_and_no_smaller_one_does(method):
    plan = variables_plan(0.01, 0.08, method=method)
    assert accept_variables(plan, 0.08) == pytest.approx(0.10, abs=1e-9)
    assert accept_variables(plan, 0.01) >= 0.95
    assert plan.n < two_point_plan(0.01, 0.08).n


def test_variables_verdicts():
    plan = VariablesPlan(5, 1.5, "s")
    x = [10.0, 10.1, 9.9, 10.2, 9.8]
    found = judge_variables(plan, x, upper=10.5)
    assert found.verdict == "accept"
    assert found.q_upper == pytest.approx(0.5 / np.std(x, ddof=1))
    assert found.q_lower == math.inf
    assert judge_variables(plan, x, lower=9.9).verdict == "reject"
    assert judge_variables(VariablesPlan(5, 1.5, "sigma"), x, upper=10.5, sigma=0.5).verdict == "reject"
    with pytest.raises(TooFewItems):
        judge_variables(plan, x[:4], upper=10.5)
