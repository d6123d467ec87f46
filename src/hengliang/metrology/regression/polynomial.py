"""Calibration curves: a polynomial with its covariance, read forwards and backwards."""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.extended import Extended, Readings
from hengliang.metrology.regression.errors import (
    AmbiguousInverse,
    BadDegree,
    NoInverse,
    NotPositiveDefinite,
    require_finite,
)
from hengliang.metrology.regression.linear import LinearFit, fit_linear


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """y = b0 + b1 x + … over the calibrated range, with the covariance of b."""

    coefficients: Floats
    """(p,), lowest power first."""
    covariance: Floats
    """(p, p)."""
    low: float
    high: float
    """The range of x that was calibrated; the curve says nothing outside."""

    def at(self, x: ArrayLike) -> tuple[Floats, Floats]:
        """Values of y and their standard uncertainties from the curve, shape of x."""
        points = np.asarray(x, dtype=float)
        require_finite("x", np.atleast_1d(points))
        rows = np.power.outer(points, np.arange(len(self.coefficients)))
        variance = np.einsum("...j,jk,...k->...", rows, self.covariance, rows)
        return rows @ self.coefficients, np.sqrt(np.maximum(variance, 0.0))

    def inverse(self, y: float, u_y: float = 0.0) -> tuple[float, float]:
        """The x at which the curve takes the reading y, and its standard uncertainty.

        u(x)^2 = (u(y)^2 + g' C g) / f'(x)^2, with g the terms at x and C the covariance of the coefficients;
        y is taken as independent of the calibration readings.

        Raises NoInverse, AmbiguousInverse.

        Source: ISO/TS 28037:2010, clause 11.2 (straight line), the same law for higher degrees.
        """
        if not 0 <= u_y < np.inf:
            raise NotPositiveDefinite(what="the reading (its uncertainty is negative, or not finite)")
        x = self._root(y)
        slope = float(np.polynomial.polynomial.polyval(x, np.polynomial.polynomial.polyder(self.coefficients)))
        if slope == 0.0:
            raise NoInverse(y=y, low=self.low, high=self.high)
        _, u_curve = self.at(x)
        return x, float(np.hypot(u_y, u_curve)) / abs(slope)

    def _root(self, y: float) -> float:
        shifted = self.coefficients.copy()
        shifted[0] -= y
        roots = np.polynomial.polynomial.polyroots(np.trim_zeros(shifted, "b"))
        span = max(abs(self.low), abs(self.high), self.high - self.low)
        real = roots[np.abs(roots.imag) <= 1e-9 * span].real
        edge = 1e-9 * span
        inside = np.unique(real[(real >= self.low - edge) & (real <= self.high + edge)])
        if inside.size == 0:
            raise NoInverse(y=y, low=self.low, high=self.high)
        if inside.size > 1:
            raise AmbiguousInverse(y=y, count=inside.size, low=self.low, high=self.high)
        return float(inside[0])


def fit_polynomial(
    x: Readings,
    y: Readings,
    degree: int,
    *,
    u: ArrayLike | None = None,
    covariance: ArrayLike | None = None,
) -> LinearFit:
    """Polynomial of the degree given, lowest power first; see `fit_linear` for the rest.

    The powers are formed in extended arithmetic: rounding them to float64 first would cost as many digits as
    the condition number has.

    >>> fit_polynomial([0, 1, 2, 3], [0, 1, 4, 9], 2).coefficients.round(12).tolist()
    [0.0, 0.0, 1.0]
    """
    if not isinstance(degree, int | np.integer) or degree < 0:
        raise BadDegree(degree=degree)
    points = Extended.of(x)
    require_finite("x", points.high)
    powers = [Extended.of(np.ones(len(points)))]
    for _ in range(degree):
        powers.append(powers[-1] * points)
    return fit_linear(powers, y, u=u, covariance=covariance, names=[f"x^{j}" for j in range(degree + 1)])


def calibration_curve(fit: LinearFit, x: ArrayLike) -> Curve:
    """The curve of a polynomial fit, over the range of the calibration points x."""
    points = np.asarray(x, dtype=float)
    return Curve(fit.coefficients, fit.covariance, float(points.min()), float(points.max()))


def choose_degree(x: Readings, y: Readings, highest: int, *, u: ArrayLike | None = None) -> int:
    """The degree up to `highest` with the least corrected Akaike criterion.

    Source: ISO/TS 28038:2018, clause 9 (model choice by information criteria).
    """
    if not isinstance(highest, int | np.integer) or highest < 1:
        raise BadDegree(degree=highest)
    n = len(Extended.of(x))
    degrees = [d for d in range(1, highest + 1) if n > d + 3]
    scores = {d: _aicc(fit_polynomial(x, y, d, u=u), n) for d in degrees}
    return min(scores, key=scores.__getitem__, default=1)


def _aicc(fit: LinearFit, n: int) -> float:
    k = len(fit.coefficients) + fit.scaled_by_residuals  # the residual variance is a parameter too
    misfit = n * float(np.log(max(fit.rss, np.finfo(float).tiny) / n)) if fit.scaled_by_residuals else fit.rss
    return misfit + 2 * k + 2 * k * (k + 1) / (n - k - 1)
