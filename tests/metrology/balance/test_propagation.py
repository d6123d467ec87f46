"""Marginals against exact enumeration of all kinds of a few meters."""

from itertools import product

import numpy as np
import pytest

from hengliang.metrology.balance.propagation import inverse, propagate, start_sites
from hengliang.metrology.balance.slab import Prior, tilt


def exact(a: np.ndarray, b: np.ndarray, prior: Prior) -> tuple[np.ndarray, np.ndarray]:
    """Means and probabilities of not being healthy, summed over all 3^n combinations."""
    n = len(b)
    share, centre, variance = prior.kinds()
    weights, means, slabs = [], [], []
    for kinds in product(range(3), repeat=n):
        k = np.array(kinds)
        precision = np.diag(1 / variance[k])
        covariance = np.linalg.inv(a + precision)
        shift = b + centre[k] / variance[k]
        log = 0.5 * (shift @ covariance @ shift + np.linalg.slogdet(covariance)[1])
        log += np.sum(np.log(share[k]) - 0.5 * np.log(variance[k]) - 0.5 * centre[k] ** 2 / variance[k])
        weights.append(log)
        means.append(covariance @ shift)
        slabs.append(k > 0)
    w = np.exp(np.array(weights) - max(weights))
    w /= w.sum()
    return w @ np.array(means), w @ np.array(slabs)


@pytest.mark.parametrize("seed", range(6))
def test_marginals_are_those_of_enumeration(seed):
    rng = np.random.default_rng(seed)
    x = rng.gamma(2.0, 1.0, (60, 4))
    truth = np.array([0.001, 0.06, -0.003, 0.0])
    r = x @ truth + 0.05 * rng.standard_normal(60)
    a, b = x.T @ x / 0.05**2, x.T @ r / 0.05**2
    prior = Prior()
    found = propagate(
        a, b, 0.0, 1.0, prior, prior=prior, sigma2=1.0, sites=start_sites(prior, 4), most=60, fixed=True, close=1e-9
    )
    mean, slab = exact(a, b, prior)
    assert found.marginal.moments()[0] == pytest.approx(mean, abs=6e-4)
    assert 1 - found.marginal.share[:, 0] == pytest.approx(slab, abs=0.03)


def test_one_meter_alone_is_exact():
    prior = Prior()
    a, b = np.array([[4.0e4]]), np.array([1200.0])
    found = propagate(a, b, 0.0, 1.0, prior, prior=prior, sigma2=1.0, sites=start_sites(prior, 1), most=5, fixed=True)
    mean, slab = exact(a, b, prior)
    assert found.marginal.moments()[0] == pytest.approx(mean, rel=1e-6)
    assert 1 - found.marginal.share[0, 0] == pytest.approx(slab[0], rel=1e-6)


def test_quantiles_and_probabilities_are_inverse():
    seen = tilt(Prior(), np.array([0.0, 0.03]), np.array([1e-4, 1e-5]))
    for p in (0.025, 0.5, 0.975):
        assert seen.below(seen.quantile(p)) == pytest.approx(p, abs=1e-9)


def test_an_inverse_that_noise_made_indefinite_stays_positive():
    a = np.array([[1.0, 1.2], [1.2, 1.0]])
    assert (np.linalg.eigvalsh(inverse(a, np.full(2, 0.1))) > 0).all()
