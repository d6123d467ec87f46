"""The estimator of a node: from its statistics to the posterior of every meter and the limit of what can be known."""

from dataclasses import dataclass, replace

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.calibration import inflation
from hengliang.metrology.balance.normal import Normal, normal_equations
from hengliang.metrology.balance.propagation import Posterior, covariance, inverse, propagate, start_sites
from hengliang.metrology.balance.slab import Prior
from hengliang.metrology.balance.statistics import NodeStatistics
from hengliang.metrology.balance.trend import trend_of, with_drift

MOST_ROUNDS = 14
ROUNDS_AFTER = 4  # with the inflated variance, from where the first rounds ended
LOSS_MISTAKEN = 0.05  # of the fitted loss stands for load, or the other way round: with 10 % of misfit the meters of
# simulated districts were off together by 0.13 % of their load at a loss of 2.5 %
LEAST_EIGENVALUE = 1e-9  # of the greatest: below it a direction is not in the data


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """The numbers behind a node's verdict; δ is 1/(1 + error) - 1."""

    normal: Normal
    posterior: Posterior
    limit: Floats
    """(n,) Gauss-Markov limit of δ, k = 1, inflated; inf where the data alone can't tell."""
    covariance: Floats
    """(n, n) of the joint normal, inflated."""
    inflation: float

    @property
    def loss(self) -> float:
        """Quantity that the loss terms explain over the whole span [unit of the node]."""
        coefficients = self.normal.loss_map @ np.concatenate([[1.0], self.posterior.mean])
        return float(coefficients @ self.normal.loss_counted)


def estimate(statistics: NodeStatistics, base: Prior | None = None) -> Estimate:
    """The posterior of all members of a node.

    base : what a utility has learnt of its meters; the node's own data move it within its counts
    """
    prior = base or Prior()
    normal = normal_equations(statistics)
    first = propagate(
        normal.a, normal.b, normal.square, normal.free, prior,
        prior=prior, sigma2=1.0, sites=start_sites(prior, len(normal.b)), most=MOST_ROUNDS,
    )  # fmt: skip
    spread = covariance(normal.a, first.sigma2, first.sites)
    factor = inflation(normal, first.mean, spread, first.sites.precision, first.sigma2)
    last = propagate(
        normal.a, normal.b, normal.square, normal.free, prior,
        prior=first.prior, sigma2=first.sigma2 * factor, sites=first.sites, most=ROUNDS_AFTER, fixed=True,
    )  # fmt: skip
    found = Estimate(normal, last, gauss_markov(normal, first.sigma2 * factor), spread * factor, factor)
    further = common_variance(spread, first.sites.precision, prior) + mistaken_loss(normal, found.loss) ** 2
    trend = trend_of(normal, last, found.covariance)
    marginal = last.marginal if trend is None else with_drift(last, trend)
    return replace(found, posterior=replace(last, marginal=marginal.widened(further)))


def mistaken_loss(normal: Normal, loss: float) -> float:
    """Common error of all meters that the model of the loss may leave, as a fraction of the load."""
    return abs(LOSS_MISTAKEN * loss / normal.inflow) if normal.inflow else 0.0


def common_variance(spread: Floats, precision: Floats, prior: Prior) -> Floats:
    """(n,) variance that each meter owes to the healthy kind's mean, which was learnt and not known.

    Source: Morris, J. Am. Stat. Assoc. 78 (1983) 47 (what empirical Bayes leaves out).
    """
    moved = spread @ precision
    known = 1.0 / prior.common**2 + float(precision.sum()) - float(precision @ moved)
    return np.asarray(moved**2 / max(known, 1.0 / prior.common**2))


def gauss_markov(normal: Normal, sigma2: float) -> Floats:
    """(n,) least standard uncertainty of an unbiased estimate of δ; inf where there is none.

    Source: Gauss-Markov theorem; Rao, Linear Statistical Inference, 4a.2.
    """
    n = len(normal.b)
    diagonal = normal.a.diagonal()
    out = np.full(n, np.inf)
    live = np.flatnonzero(diagonal > 0.0)
    if normal.free <= len(live) or not len(live):
        return out
    size = np.sqrt(diagonal[live])
    scaled = normal.a[np.ix_(live, live)] / np.outer(size, size)
    if not _positive(scaled):
        return out
    spread = inverse(scaled, np.zeros(len(live))).diagonal()
    out[live] = np.sqrt(np.maximum(sigma2 * spread, 0.0)) / size
    return out


def _positive(a: Floats) -> bool:
    from scipy.linalg.lapack import dpotrf

    shifted = a.copy()
    shifted[np.diag_indices_from(shifted)] -= LEAST_EIGENVALUE
    return bool(dpotrf(shifted, lower=1, overwrite_a=1)[1] == 0)
