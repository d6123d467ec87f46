"""Combined control: the estimator is unbiased, one limit alone is judged as before, two limits count together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from hengliang.metrology.sampling import VariablesPlan, judge_combined, judge_variables, share_beyond
from hengliang.metrology.sampling.errors import TooFewItems


@pytest.mark.parametrize("method", ["s", "sigma"])
@pytest.mark.parametrize("n", [3, 5, 10])
def test_the_estimated_share_is_unbiased(method, n):
    """Over many samples of a normal lot its mean is the true share beyond the limit: by what it is derived from."""
    rng, limit = np.random.default_rng(n), 1.2
    samples = rng.standard_normal((20_000, n))
    scale = samples.std(axis=1, ddof=1) if method == "s" else np.ones(len(samples))
    found = [share_beyond(q, n, method) for q in (limit - samples.mean(axis=1)) / scale]
    error = np.std(found) / np.sqrt(len(found))
    assert np.mean(found) == pytest.approx(ndtr(-limit), abs=4 * error)


def test_three_items_have_a_share_in_closed_form():
    """n = 3: the beta distribution with parameters 1/2 is the arc sine one, F(x) = (2/π) asin √x."""
    q = 0.5
    x = (1 - q * np.sqrt(3) / 2) / 2
    assert share_beyond(q, 3, "s") == pytest.approx(2 / np.pi * np.arcsin(np.sqrt(x)), rel=1e-12)


@given(st.floats(-2, 3), st.floats(0.5, 2.5), st.integers(3, 60), st.sampled_from(["s", "sigma"]))
@settings(max_examples=60, deadline=None)
def test_one_limit_is_judged_as_by_form_k(limit, k, n, method):
    x = np.random.default_rng(n).standard_normal(n)
    plan = VariablesPlan(n, k, method)
    apart = judge_variables(plan, x, upper=limit, sigma=1.0)
    if share_beyond(k, n, method) > 0 and abs(apart.q_upper - k) > 1e-9:
        both = judge_combined(plan, x, lower=-np.inf, upper=limit, sigma=1.0)
        assert both.verdict == apart.verdict
        assert both.p_lower == 0.0


def test_two_limits_count_together():
    """Each limit alone is met, both together are not."""
    x = np.array([9.0, 9.5, 10.0, 10.5, 11.0])
    plan = VariablesPlan(5, 1.5, "s")
    assert judge_variables(plan, x, lower=8.8, upper=11.2).verdict == "accept"
    assert judge_combined(plan, x, lower=8.8, upper=11.2).verdict == "reject"


def test_too_few_items():
    with pytest.raises(TooFewItems):
        share_beyond(1.0, 2, "s")
