"""The drift of a meter against the whole of its equations, and what it changes."""

from dataclasses import replace

import numpy as np
import pytest

from hengliang.metrology.balance.estimator import estimate
from hengliang.metrology.balance.node import Gauge
from hengliang.metrology.balance.normal import Normal, normal_equations
from hengliang.metrology.balance.propagation import Posterior, covariance, propagate, start_sites
from hengliang.metrology.balance.slab import Prior, tilt
from hengliang.metrology.balance.statistics import NodeStatistics, statistics
from hengliang.metrology.balance.trend import Trend, trend_of, with_drift
from tests.metrology.balance.district import district

WEEKS = 6


def found_of(held: NodeStatistics) -> tuple[Normal, Posterior, np.ndarray]:
    """Equations, posterior at a fixed prior, and the covariance of its joint normal."""
    normal, prior = normal_equations(held), Prior()
    posterior = propagate(
        normal.a, normal.b, normal.square, normal.free, prior,
        prior=prior, sigma2=1.0, sites=start_sites(prior, len(normal.b)), most=20, fixed=True, close=1e-12,
    )  # fmt: skip
    return normal, posterior, covariance(normal.a, posterior.sigma2, posterior.sites)


def test_level_and_slope_are_those_of_all_equations_with_one_more_column():
    """By hand: the column of a slope beside all others, everything but level and slope of the meter eliminated."""
    held = statistics(district(weeks=WEEKS, errors={3: -0.06})[0])
    normal, posterior, joint = found_of(held)
    found = trend_of(normal, posterior, joint)
    n, m = len(normal.b), len(normal.b) + len(normal.loss_names)
    along = (np.arange(WEEKS) + 0.5) / WEEKS - 0.5
    grams = np.zeros((WEEKS, m, m))
    moments = np.zeros((WEEKS, m))
    for w, part in enumerate(normal.weeks):
        grams[w][np.ix_(part.place, part.place)] = part.gram - np.diag(part.own)
        moments[w][part.place] = part.moment
    loss = np.linalg.inv(normal.loss_inverse)  # with the smoothness that the losses' own part has
    for j in (3, 7):
        whole = np.zeros((m + 1, m + 1))
        whole[:m, :m] = grams.sum(axis=0)
        whole[n:m, n:m] = loss
        own = np.zeros(m)  # the meter's load less what the losses imitate of it
        own[j], own[n:] = 1.0, normal.loss_map[:, 1 + j]
        whole[m, :m] = whole[:m, m] = np.einsum("w,wik,k->i", along, grams, own)
        whole[m, m] = np.einsum("w,i,wik,k->", along**2, own, grams, own)
        score = np.append(moments.sum(axis=0), along @ moments @ own)
        sites = np.delete(np.arange(n), j)
        whole[sites, sites] += posterior.sites.precision[sites]
        score[sites] += posterior.sites.shift[sites]
        kept, rest = np.array([j, m]), np.delete(np.arange(m), j)
        solved = np.linalg.solve(whole[np.ix_(rest, rest)], np.column_stack([whole[np.ix_(rest, kept)], score[rest]]))
        pair = whole[np.ix_(kept, kept)] - whole[np.ix_(kept, rest)] @ solved[:, :2]
        told = score[kept] - whole[np.ix_(kept, rest)] @ solved[:, 2]
        assert (found.level[j], found.cross[j], found.slope[j]) == pytest.approx((*pair[0], pair[1, 1]), rel=1e-4)
        assert (found.level_score[j], found.slope_score[j]) == pytest.approx(
            told, rel=1e-3, abs=0.02 * float(np.sqrt(pair[0, 0]))
        )


def test_where_nothing_is_told_of_slopes_the_mixture_stays():
    _, posterior, _ = found_of(statistics(district(weeks=WEEKS, errors={3: -0.06})[0]))
    none = np.zeros_like(posterior.mean)
    level = 1.0 / posterior.cavity_variance
    seen = with_drift(posterior, Trend(level, none, none, posterior.cavity_mean * level, none))
    before = tilt(posterior.prior, posterior.cavity_mean, posterior.cavity_variance)
    assert seen.kinds == pytest.approx(before.kinds, abs=1e-9)
    assert seen.moments()[0] == pytest.approx(before.moments()[0], abs=1e-12)
    assert seen.moments()[1] == pytest.approx(before.moments()[1], rel=1e-9)


def test_a_meter_that_drifts_is_told_from_one_that_is_off():
    data, truth = district(weeks=WEEKS, errors={3: -0.05}, gauge=Gauge(0.005))
    periods = data.periods
    grows = 0.10 * np.linspace(0.0, 1.0, periods)
    increments = data.increments.copy()
    increments[5] = increments[5] * (1.0 + grows)
    seen = estimate(statistics(replace(data, increments=increments))).posterior.marginal
    assert seen.share[5, 3] > 0.95
    assert seen.share[3, 1] > 0.95
    mean = 1.0 / (1.0 + truth[5] + 0.05) - 1.0
    assert seen.moments()[0][5] == pytest.approx(mean, abs=0.007)  # three of its standard uncertainties


def test_few_weeks_tell_no_drift():
    normal, posterior, joint = found_of(statistics(district(weeks=2)[0]))
    assert trend_of(normal, posterior, joint) is None
