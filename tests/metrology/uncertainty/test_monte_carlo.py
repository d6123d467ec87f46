import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.uncertainty import (
    ArcSine,
    Budget,
    Constant,
    CurvilinearTrapezoidal,
    Exponential,
    Gamma,
    Input,
    Normal,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
    TwoPoint,
    coverage_interval,
    numerical_tolerance,
    quantity,
)
from hengliang.metrology.uncertainty.draws import BLOCK
from hengliang.metrology.uncertainty.errors import CorrelationNotDrawable, DrawsNotFinite, InputError
from hengliang.metrology.uncertainty.interval import interval_of_ordered, selected_interval
from hengliang.metrology.uncertainty.monte_carlo import _mean_and_deviation

NORMAL = Budget("a + b + c + d", [quantity(name, 0, 1) for name in "abcd"])
FLAT = Budget("a + b + c + d", [Input(name, Rectangular(-math.sqrt(3), math.sqrt(3))) for name in "abcd"])
# JCGM 101:2008, 9.2.3.4: the exact end for four equal rectangular inputs.
FLAT_END = 2 * math.sqrt(3) * (2 - 0.6**0.25)
DISTRIBUTIONS = [
    Normal(3, 0.5),
    Rectangular(1, 4),
    Triangular(1, 4),
    Trapezoidal(1, 4, 0.4),
    CurvilinearTrapezoidal(1, 4, 0.5),
    ArcSine(1, 4),
    TwoPoint(1, 4),
    Exponential(2.0),
    Gamma(5, 0.3),
]


@pytest.mark.parametrize("distribution", DISTRIBUTIONS, ids=lambda d: d.kind)
def test_draws_have_the_stated_mean_and_u(distribution):
    result = Budget("x", [Input("x", distribution)]).monte_carlo(trials=200_000)
    assert result.value == pytest.approx(distribution.mean, abs=5 * distribution.u / math.sqrt(200_000))
    assert result.u == pytest.approx(distribution.u, rel=0.02)


@pytest.mark.parametrize("distribution", [*DISTRIBUTIONS, Constant(2.5)], ids=lambda d: d.kind)
def test_sobol_points_have_the_stated_mean_and_u(distribution):
    result = Budget("x", [Input("x", distribution)]).sobol(points=2**12, scrambles=4)
    assert result.value.value == pytest.approx(distribution.mean, rel=1e-3)
    assert result.u.value == pytest.approx(distribution.u, rel=5e-3)


def test_student_draws_are_wider_than_their_scale():
    result = Budget("x", [Input("x", StudentT(0, 1, 5))]).monte_carlo(trials=400_000)
    assert result.u == pytest.approx(math.sqrt(5 / 3), rel=0.02)  # √(ν/(ν-2)), JCGM 101, 6.4.9.4


def test_intervals_of_sums():
    """JCGM 101:2008, 9.2.2 and 9.2.3: ±3.92 for normal inputs, ±3.88 for rectangular ones."""
    assert NORMAL.monte_carlo(trials=10**6).interval(0.95) == pytest.approx((-3.92, 3.92), abs=0.03)
    assert FLAT.monte_carlo(trials=10**6).interval(0.95) == pytest.approx((-FLAT_END, FLAT_END), abs=0.03)


def test_result_depends_on_the_seed_only():
    one = NORMAL.monte_carlo(trials=123_457, seed=7)
    three = NORMAL.monte_carlo(trials=123_457, seed=7, threads=3)
    assert np.array_equal(one.draws, three.draws)
    assert not np.array_equal(one.draws, NORMAL.monte_carlo(trials=123_457, seed=8).draws)
    assert np.array_equal(one.draws[:, :50_000], NORMAL.monte_carlo(trials=50_000, seed=7).draws)


def test_adaptive_runs_until_the_digits_are_stable():
    """JCGM 101:2008, 7.9: two digits of u = 2.0 mean a tolerance of 0.05 on value, u and both ends."""
    result = FLAT.monte_carlo(digits=2)
    assert result.stable
    assert 20_000 <= result.trials < 10**6
    assert result.u == pytest.approx(2, abs=0.05)
    assert result.interval() == pytest.approx((-FLAT_END, FLAT_END), abs=0.05)
    threaded = FLAT.monte_carlo(digits=2, threads=3)
    assert np.array_equal(result.draws, threaded.draws)


def test_adaptive_says_when_it_gives_up():
    assert not NORMAL.monte_carlo(digits=3, most_trials=30_000).stable


def test_clause_8():
    """JCGM 101:2008, 9.2: the normal sum is validated at two digits; 9.2.4, one dominating input, is not."""
    assert NORMAL.compare(digits=2).valid
    wide = [
        *(Input(n, Rectangular(-math.sqrt(3), math.sqrt(3))) for n in "abc"),
        Input("d", Rectangular(-17.3205, 17.3205)),
    ]
    verdict = Budget("a + b + c + d", wide).compare(digits=2)
    assert not verdict.valid
    assert verdict.d_high == pytest.approx(19.9 - 17.0, abs=0.2)


def test_correlated_normal_inputs():
    budget = Budget("a - b", [quantity("a", 1, 3), quantity("b", 1, 4)], correlations={("a", "b"): 0.5})
    assert budget.monte_carlo(trials=10**6).u == pytest.approx(math.sqrt(13), rel=3e-3)
    assert budget.sobol().u.value == pytest.approx(math.sqrt(13), rel=3e-3)


def test_fully_correlated_inputs_cancel():
    budget = Budget("a - b", [quantity("a", 1, 3), quantity("b", 1, 3)], correlations={("a", "b"): 1.0})
    assert budget.monte_carlo(trials=20_000).u == pytest.approx(0, abs=1e-12)


def test_correlation_of_other_distributions_is_refused():
    inputs = [Input("a", Rectangular(0, 1)), quantity("b", 1, 4)]
    with pytest.raises(CorrelationNotDrawable, match="shared cause"):
        Budget("a - b", inputs, correlations={("a", "b"): 0.5}).monte_carlo(trials=1000)


def test_nan_at_draws_is_counted_with_an_example():
    """Φ(-2) = 2.275 % of the draws are negative."""
    with pytest.raises(DrawsNotFinite) as caught:
        Budget("sqrt(a)", [quantity("a", 1, 0.5)]).monte_carlo(trials=100_000)
    assert caught.value.parameters["count"] == pytest.approx(2275, abs=300)
    assert caught.value.parameters["trials"] == 100_000
    assert caught.value.parameters["example"].startswith("a = -0.")


def test_sobol_knows_its_own_error():
    result = NORMAL.sobol(points=2**13, scrambles=8)
    assert abs(result.u.value - 2) < 10 * result.u.error + 1e-4
    assert result.u.error < 1e-3  # pseudo-random: 2/√(2·65536) = 5.5e-3
    with pytest.raises(InputError):
        NORMAL.sobol(points=1000)


def test_shortest_interval_of_a_skewed_distribution():
    """Exponential: the shortest 95 % interval is [0, -ln 0.05]."""
    low, high = Budget("x", [Input("x", Exponential(1.0))]).monte_carlo(trials=10**6).interval(0.95, "shortest")
    assert (low, high) == pytest.approx((0, -math.log(0.05)), abs=0.03)


def test_interval_needs_enough_draws():
    with pytest.raises(InputError):
        coverage_interval(np.zeros(10), 0.999)


@pytest.mark.parametrize(("u", "digits", "tolerance"), [(0.35, 2, 0.005), (4.35, 1, 0.5), (0.0996, 1, 0.05), (0, 2, 0)])
def test_numerical_tolerance(u, digits, tolerance):
    assert numerical_tolerance(u, digits) == pytest.approx(tolerance)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rectangular(1, 1),
        lambda: Rectangular(0, math.inf),
        lambda: Normal(0, -1),
        lambda: Normal(math.nan, 1),
        lambda: StudentT(0, 1, 0),
        lambda: Trapezoidal(0, 1, 2),
        lambda: CurvilinearTrapezoidal(0, 1, 0.6),
        lambda: Exponential(0),
        lambda: Gamma(-1, 1),
    ],
)
def test_senseless_distributions_are_refused(wrong):
    with pytest.raises(InputError):
        wrong()


def test_streams_are_those_of_numpy():
    """A block's stream is numpy's SFC64 started from the block's three seed words."""
    words = np.random.SeedSequence(7).generate_state(3 * 128, np.uint64).reshape(128, 3)

    class Words(np.random.bit_generator.ISeedSequence):
        def generate_state(self, n_words, dtype=np.uint64):
            return words[1][:n_words]

    own = Budget("a", [quantity("a", 0, 1)]).monte_carlo(trials=20_000, seed=7).only.draws[10_000:]
    numpys = np.random.Generator(np.random.SFC64(Words())).standard_normal(10_000)
    assert np.array_equal(own, numpys)


def test_standard_deviation_is_that_of_the_draws():
    result = NORMAL.monte_carlo(trials=34_567)
    assert result.u == pytest.approx(float(result.only.draws.std(ddof=1)), rel=1e-13)


def test_streams_of_far_blocks_exist():
    result = Budget("a", [quantity("a", 0, 1)]).monte_carlo(trials=1_300_000, seed=3)
    assert result.u == pytest.approx(1, abs=0.005)


def test_draws_written_over_used_arrays_are_those_of_the_distributions():
    """What stands in an array that is used again is exactly what the distribution draws by itself."""
    for one in (Normal(3.0, 0.2), Rectangular(-1.0, 2.0)):
        out = np.full(1000, np.nan)
        drawn = one.draw_into(np.random.Generator(np.random.SFC64(5)), out)
        assert drawn is out
        assert np.array_equal(drawn, one.draw(np.random.Generator(np.random.SFC64(5)), 1000))


@given(st.integers(2, 120_000), st.floats(-1e6, 1e6))
@settings(max_examples=25, deadline=None)
def test_standard_deviation_by_blocks_is_that_of_the_whole(count, offset):
    draws = offset + np.random.Generator(np.random.SFC64(count)).standard_normal(count)
    assert _mean_and_deviation(draws)[1] == pytest.approx(draws.std(ddof=1), rel=1e-9)


@given(st.integers(2, 400), st.integers(0, 2**32 - 1), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_ends_are_selected_as_if_all_were_sorted(n: int, seed: int, p: float) -> None:
    rng = np.random.default_rng(seed)
    draws = rng.normal(size=n).round(rng.integers(1, 4))  # with ties
    sample = np.sort(rng.normal(rng.uniform(-2, 2), 1, size=200))  # of a quantity that may lie elsewhere
    if 0 < int(p * n + 0.5) < n:
        assert selected_interval(draws, p, sample) == interval_of_ordered(np.sort(draws), p)


def test_ends_of_many_draws_are_those_of_the_ordered_draws() -> None:
    draws = np.random.default_rng(3).standard_t(3, 200_000)
    assert coverage_interval(draws, 0.95) == interval_of_ordered(np.sort(draws), 0.95)


def test_the_adaptive_rule_is_asked_after_every_batch_however_many_are_drawn_ahead() -> None:
    budget = Budget("x + y", [quantity("x", 1, 0.03), quantity("y", 2, 0.04)])
    drawn = budget.monte_carlo(digits=2, seed=5)
    batches = budget.monte_carlo(trials=drawn.trials, seed=5).only.draws.reshape(-1, BLOCK)
    seen = np.array([[b.mean(), b.std(ddof=1), *coverage_interval(b, 0.95)] for b in batches])
    met = [h for h in range(2, len(seen) + 1) if (2 * seen[:h].std(axis=0, ddof=1) / h**0.5 <= 0.0005).all()]
    assert met == [len(seen)]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"trials": 10**12}, "can be held"),
        ({"trials": -5}, "at least 2 trials"),
        ({"digits": 0}, "between 1 and 6"),
        ({"digits": 400}, "between 1 and 6"),
        ({"p": 1.0}, "between 0 and 1"),
        ({"p": math.nan}, "between 0 and 1"),
        ({"p": 1 - 1e-12}, "can be held"),
        ({"threads": 0, "trials": 100}, "threads lie between"),
        ({"seed": -1, "trials": 100}, "not negative"),
    ],
)
def test_absurd_orders_are_refused_before_anything_is_drawn(asked, says):
    with pytest.raises(InputError, match=says):
        Budget("x", [quantity("x", 1, 1)]).monte_carlo(**asked)


def test_absurd_sobol_points_are_refused():
    with pytest.raises(InputError, match="at most"):
        Budget("x", [quantity("x", 1, 1)]).sobol(points=2**40)


@pytest.mark.parametrize("asked", [{"kind": "longest"}, {"seed": 1.5}, {"seed": "a"}, {"threads": 1.5, "trials": 100}])
def test_what_is_asked_for_is_checked(asked):
    with pytest.raises(InputError, match=next(iter(asked))):
        NORMAL.monte_carlo(most_trials=20_000, **asked)
