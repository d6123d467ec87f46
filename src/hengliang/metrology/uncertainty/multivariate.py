"""Several outputs at once: coverage regions for a vector of results.

Source: JCGM 102:2011, 6.5 (from the law of propagation) and 7.7 (from draws).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.coverage import k_normal, require_probability
from hengliang.metrology.uncertainty.errors import InputError
from hengliang.metrology.uncertainty.first_order import FirstOrder
from hengliang.metrology.uncertainty.monte_carlo import MonteCarlo

Floats = NDArray[np.float64]
_DEPENDENT = 1e-12  # smallest eigenvalue of a correlation matrix that is more than rounding


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """{y : (y - centre)ᵀ V⁻¹ (y - centre) <= k²}, of coverage probability `p`."""

    centre: Floats
    covariance: Floats
    k: float
    p: float

    def contains(self, points: Floats) -> NDArray[np.bool_]:
        """Whether points, shape (m,) or (m, n), lie in the region."""
        return np.asarray(_distance(np.asarray(points), self.centre, self.covariance) <= self.k)

    @property
    def half_axes(self) -> Floats:
        """Half axes as columns, shape (m, m), the longest first."""
        values, vectors = np.linalg.eigh(self.covariance)
        return np.asarray((vectors * self.k * np.sqrt(np.clip(values, 0, None)))[:, ::-1])


@dataclass(frozen=True, slots=True)
class Box:
    """centre ± half_widths, of coverage probability at least `p`."""

    centre: Floats
    half_widths: Floats
    p: float


def ellipsoid(result: FirstOrder | MonteCarlo, p: float = 0.95) -> Ellipsoid:
    """The smallest region of probability `p`: from χ² for a first-order result, from the draws else.

    Raises InputError for another `p`, or when the outputs depend on each other exactly (singular covariance).
    Source: JCGM 102:2011, 6.5.2 and 7.7.2.
    """
    require_probability(p)
    if isinstance(result, FirstOrder):
        from scipy.special import chdtri

        k = float(np.sqrt(chdtri(len(result.outputs), 1 - p)))
        return Ellipsoid(result.values, _regular(result.covariance), k, p)
    draws = result.draws
    centre, covariance = draws.mean(axis=1), _regular(np.atleast_2d(np.cov(draws)))
    return Ellipsoid(centre, covariance, _quantile(_distance(draws, centre, covariance), p), p)


def box(result: FirstOrder | MonteCarlo, p: float = 0.95) -> Box:
    """A region with an interval for each output: by Bonferroni for first order, from the draws else.

    Source: JCGM 102:2011, 6.5.4 (k_q with q = 1 - (1 - p)/m) and 7.7.3.
    """
    require_probability(p)
    if isinstance(result, FirstOrder):
        u = np.sqrt(np.diag(result.covariance))
        return Box(result.values, k_normal(1 - (1 - p) / len(u)) * u, p)
    draws = result.draws
    centre, u = draws.mean(axis=1), draws.std(axis=1, ddof=1)
    # An output without uncertainty fits into a side of no width, and does not count.
    scaled = np.abs((draws - centre[:, None]) / np.where(u > 0, u, np.inf)[:, None]).max(axis=0)
    return Box(centre, _quantile(scaled, p) * u, p)


def _regular(covariance: Floats) -> Floats:
    u = np.sqrt(np.diag(covariance))
    if not (u > 0).all() or np.linalg.eigvalsh(covariance / np.outer(u, u))[0] < _DEPENDENT:
        raise InputError(name="outputs", reason="one follows exactly from the others; leave it out, or take a box")
    return covariance


def _distance(points: Floats, centre: Floats, covariance: Floats) -> Floats:
    away = (points.T - centre).T
    whitened = np.linalg.solve(np.linalg.cholesky(covariance), away)
    return np.asarray(np.sqrt((whitened**2).sum(axis=0)))


def _quantile(values: Floats, p: float) -> float:
    position = min(len(values) - 1, int(np.ceil(p * len(values))) - 1)
    return float(np.partition(values, position)[position])
