"""Marginal posteriors of all meters of a node together, by expectation propagation.

Source: Minka, UAI 2001, 362; for the spike and slab: Hernández-Lobato et al., Mach. Learn. 99 (2015) 437.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.slab import Prior, Tilted, learn, tilt

LEAST_PRECISION = 0.1  # of a site [1/fraction²]: wider than any meter's error; keeps the posterior proper
DAMPING = 0.8  # of each step, our choice: full steps oscillate when loads are alike
CLOSE = 1e-4  # change of all means [fraction] at which it stops; a tenth of the last digit that is reported
FULL_STEPS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """What each meter's prior adds to the joint normal: precision and shift, (n,) each."""

    precision: Floats
    shift: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The joint normal, the marginals as mixtures, and what was learnt on the way."""

    mean: Floats
    variance: Floats
    """(n,) of the joint normal."""
    marginal: Tilted
    cavity_mean: Floats
    cavity_variance: Floats
    sites: Sites
    prior: Prior
    sigma2: float
    rounds: int


def start_sites(prior: Prior, n: int) -> Sites:
    """Sites as if every meter were of one broad kind."""
    variance = prior.healthy**2 + prior.worn_share * prior.worn**2
    return Sites(np.full(n, 1.0 / variance), np.full(n, prior.mean / variance))


def propagate(
    a: Floats, b: Floats, square: float, free: float, base: Prior, *,
    prior: Prior, sigma2: float, sites: Sites, most: int, fixed: bool = False, close: float = CLOSE,
) -> Posterior:  # fmt: skip
    """Posterior of δ for a δ = b with noise variance `sigma2`.

    base : what holds the learnt prior; fixed : keep prior and sigma2 as they are; most : rounds at the utmost
    """
    mean, variance = _marginals(a, b, sigma2, sites)
    for done in range(1, most + 1):
        cavity, cavity_mean = _cavity(mean, variance, sites)
        seen = tilt(prior, cavity_mean, 1.0 / cavity)
        if not fixed:
            prior = learn(prior, seen, base)
            sigma2 = _variance(a, b, square, free, sigma2, mean, variance, sites)
        sites = _renewed(sites, seen, cavity, cavity_mean, 1.0 if done < FULL_STEPS else DAMPING)
        before = mean
        mean, variance = _marginals(a, b, sigma2, sites)
        if float(np.abs(mean - before).max()) < close:
            break
    cavity, cavity_mean = _cavity(mean, variance, sites)
    seen = tilt(prior, cavity_mean, 1.0 / cavity)
    return Posterior(mean, variance, seen, cavity_mean, 1.0 / cavity, sites, prior, sigma2, done)


def _cavity(mean: Floats, variance: Floats, sites: Sites) -> tuple[Floats, Floats]:
    """Precision and mean of each marginal without the meter's own prior."""
    cavity = np.maximum(1.0 / variance - sites.precision, LEAST_PRECISION)
    return cavity, (mean / variance - sites.shift) / cavity


def _renewed(old: Sites, seen: Tilted, cavity: Floats, cavity_mean: Floats, step: float) -> Sites:
    mean, variance = seen.moments()
    precision = np.maximum(1.0 / variance - cavity, LEAST_PRECISION)
    shift = mean * (precision + cavity) - cavity_mean * cavity
    return Sites(
        np.exp(step * np.log(precision) + (1.0 - step) * np.log(old.precision)),
        step * shift + (1.0 - step) * old.shift,
    )


def _variance(
    a: Floats, b: Floats, square: float, free: float, sigma2: float, mean: Floats, variance: Floats, sites: Sites
) -> float:
    """One step of EM for the noise variance."""
    fitted = square - 2.0 * float(b @ mean) + float(mean @ (a @ mean))
    unsure = sigma2 * (len(mean) - float(sites.precision @ variance))
    return max((fitted + unsure) / free, np.finfo(float).tiny)


def _marginals(a: Floats, b: Floats, sigma2: float, sites: Sites) -> tuple[Floats, Floats]:
    """(n,) means and variances of the joint normal; from the inverse of the root alone, half of a full inverse."""
    from scipy.linalg.lapack import dtrtri

    root = _root(a / sigma2, sites.precision)
    if root is None:
        whole = inverse(a / sigma2, sites.precision)
        return np.asarray(whole @ (b / sigma2 + sites.shift)), whole.diagonal().copy()
    low = dtrtri(root, lower=1, overwrite_c=1)[0]
    return np.asarray(low.T @ (low @ (b / sigma2 + sites.shift))), np.einsum("ij,ij->j", low, low)


def covariance(a: Floats, sigma2: float, sites: Sites) -> Floats:
    """(n, n) covariance of the joint normal."""
    return inverse(a / sigma2, sites.precision)


def inverse(a: Floats, further: Floats) -> Floats:
    """Inverse of the symmetric a + diag(further).

    Taking off the registers' noise can leave eigenvalues below zero; they count as the least of `further`.
    """
    from scipy.linalg.lapack import dpotri

    root = _root(a, further)
    if root is None:
        values, vectors = np.linalg.eigh(a + np.diag(further))
        return np.asarray((vectors / np.maximum(values, float(further.min()))) @ vectors.T)
    low = dpotri(root, lower=1, overwrite_c=1)[0]
    return np.asarray(low + np.tril(low, -1).T)


def _root(a: Floats, further: Floats) -> Floats | None:
    """Lower Cholesky root of a + diag(further), zeros above; None where it has none."""
    from scipy.linalg.lapack import dpotrf

    shifted = np.array(a, order="F")
    shifted.ravel(order="K")[:: len(a) + 1] += further
    root, failed = dpotrf(shifted, lower=1, overwrite_a=1, clean=1)
    return None if failed else np.asarray(root)
