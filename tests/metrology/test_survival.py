"""Lives: by hand, against lifelines, and recovered from a simulation with censoring and truncation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.survival import BadSpan, NoFailures, fit_weibull, kaplan_meier

# Freireich's remission times under 6-MP (Gehan 1965), weeks; the estimate is in every textbook.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_freireich():
    found = kaplan_meier(WEEKS, ENDED)
    assert found.ages.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.survival.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert (found.at(5), found.at(23)) == (1.0, pytest.approx(0.448, abs=5e-4))


def lives(n=400, seed=4):
    """Meters of shape 3, scale 12 a, first seen at up to 10 a, last seen 6 a later at most."""
    generator = np.random.default_rng(seed)
    life = 12 * generator.weibull(3, 5 * n)
    entry = generator.uniform(0, 10, 5 * n)
    seen = life > entry
    life, entry = life[seen][:n], entry[seen][:n]
    return np.minimum(life, entry + 6), life <= entry + 6, entry


def test_against_lifelines():
    lifelines = pytest.importorskip("lifelines")
    ages, failed, entry = lives()
    theirs = lifelines.KaplanMeierFitter().fit(ages, failed, entry=entry)
    ours = kaplan_meier(ages, failed, entry=entry)
    late = ours.ages > 4  # before, hardly anything is at risk
    expected = theirs.survival_function_at_times(ours.ages[late]).to_numpy()
    assert ours.survival[late] == pytest.approx(expected, abs=1e-9)
    weibull = lifelines.WeibullFitter().fit(ages, failed, entry=entry)
    fit = fit_weibull(ages, failed, entry=entry)
    assert fit.shape == pytest.approx(weibull.rho_, rel=1e-4)
    assert fit.scale == pytest.approx(weibull.lambda_, rel=1e-4)
    assert fit.log_likelihood == pytest.approx(weibull.log_likelihood_, abs=1e-4)
    errors = weibull.summary["se(coef)"]
    assert np.sqrt(fit.covariance[0, 0]) * fit.shape == pytest.approx(errors["rho_"], rel=1e-2)
    assert np.sqrt(fit.covariance[1, 1]) * fit.scale == pytest.approx(errors["lambda_"], rel=1e-2)


def test_the_truth_lies_within_the_limits_and_truncation_matters():
    ages, failed, entry = lives(2000)
    fit = fit_weibull(ages, failed, entry=entry)
    assert abs(np.log(fit.shape / 3)) < 3 * np.sqrt(fit.covariance[0, 0])
    assert abs(np.log(fit.scale / 12)) < 3 * np.sqrt(fit.covariance[1, 1])
    assert fit_weibull(ages, failed).scale > fit.scale * 1.02
    middle, low, high = fit.quantile(0.5)
    assert low < middle < high
    assert fit.at(middle) == pytest.approx(0.5)


@settings(max_examples=20, deadline=None)
@given(st.floats(1e-3, 1e3))
def test_the_unit_of_age_does_not_matter(scale):
    base = fit_weibull(WEEKS, ENDED)
    moved = fit_weibull(np.array(WEEKS) * scale, ENDED)
    assert moved.shape == pytest.approx(base.shape, rel=1e-6)
    assert moved.scale == pytest.approx(base.scale * scale, rel=1e-6)


def test_wrong_use_is_refused():
    with pytest.raises(NoFailures):
        kaplan_meier([1, 2], [0, 0])
    with pytest.raises(NoFailures):
        fit_weibull([2, 2, 3], [1, 1, 0])
    with pytest.raises(BadSpan):
        kaplan_meier([1, 2], [1, 1], entry=[0, 2])
