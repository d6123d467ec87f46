"""Fits in which x is uncertain as well as y, with any correlation among and between them."""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.regression.errors import BadDegree, NotConverged, ShapeMismatch, TooFewPoints, require_finite
from hengliang.metrology.regression.linear import cholesky
from hengliang.metrology.regression.polynomial import fit_polynomial

_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class BothVariablesFit:
    """A polynomial fitted to points uncertain in x and y."""

    coefficients: Floats
    """(p,), lowest power first."""
    covariance: Floats
    """(p, p), of the coefficients."""
    adjusted_x: Floats
    """(n,) estimates of the true x."""
    chi_squared: float
    """Observed chi-squared, to be held against n - p degrees of freedom."""

    @property
    def degrees_of_freedom(self) -> int:
        """n - p."""
        return len(self.adjusted_x) - len(self.coefficients)

    def consistent(self, probability: float = 0.95) -> bool:
        """Whether the points lie about the curve as their uncertainties say.

        Source: ISO/TS 28037:2010, 6.3 (chi-squared test, 95 %).
        """
        from scipy.special import chdtri

        if self.degrees_of_freedom == 0:
            return True
        return bool(self.chi_squared <= chdtri(self.degrees_of_freedom, 1 - probability))


def fit_both_variables(
    x: ArrayLike,
    y: ArrayLike,
    degree: int = 1,
    *,
    u_x: ArrayLike | None = None,
    u_y: ArrayLike | None = None,
    covariance: ArrayLike | None = None,
) -> BothVariablesFit:
    """Polynomial of the degree given through n points, all 2n coordinates adjusted by their covariance.

    Parameters
    ----------
    x, y : (n,) measured coordinates
    u_x, u_y : (n,) standard uncertainties, all positive, when coordinates are independent
    covariance : (2n, 2n) covariance of (x1…xn, y1…yn) instead

    Raises TooFewPoints, ShapeMismatch, NotFinite, BadDegree, NotPositiveDefinite, NotConverged.

    Source: ISO/TS 28037:2010, clauses 7, 8 and 10; ISO/TS 28038:2018, clause 7 (polynomials). Solved by
    Gauss-Newton on the 2n whitened residuals, which is the same minimum.
    """
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if not isinstance(degree, int | np.integer) or degree < 0:
        raise BadDegree(degree=degree)
    n, p = len(xs), degree + 1
    if ys.shape != xs.shape:
        raise ShapeMismatch(what="y", got=ys.size, expected=n)
    require_finite("x", xs)
    require_finite("y", ys)
    if n < p:
        raise TooFewPoints(n=n, needed=f"{p} coefficients")
    lower = _lower(n, u_x, u_y, covariance)
    b = fit_polynomial(xs, ys, degree, u=np.ones(n)).coefficients
    xi = xs.copy()
    last = np.inf
    for _ in range(_STEPS):
        slopes, rest = _linearised(xs, ys, xi, b, lower)
        step = np.linalg.lstsq(slopes, rest, rcond=None)[0]
        xi, b = xi + step[:n], b + step[n:]
        # In units of the coordinates' uncertainty, so that scale does not matter.
        size = float(np.linalg.norm(slopes @ step))
        if size <= 1e-12 * (1.0 + np.linalg.norm(rest)) or (size >= last and size < 1e-6):
            slopes, rest = _linearised(xs, ys, xi, b, lower)
            return BothVariablesFit(b, _covariance(slopes, n), xi, float(rest @ rest))
        last = size
    raise NotConverged(iterations=_STEPS, rss=float(rest @ rest))


def _lower(n: int, u_x: ArrayLike | None, u_y: ArrayLike | None, covariance: ArrayLike | None) -> Floats:
    if covariance is not None:
        full = np.asarray(covariance, dtype=float)
    else:
        parts = [np.asarray(u if u is not None else (), dtype=float) for u in (u_x, u_y)]
        for what, part in zip(("u_x", "u_y"), parts, strict=True):
            if part.shape != (n,):
                raise ShapeMismatch(what=what, got=part.size, expected=n)
        full = np.diag(np.square(np.concatenate(parts)))
    if full.shape != (2 * n, 2 * n):
        raise ShapeMismatch(what="covariance", got=full.size, expected=4 * n * n)
    return cholesky(full, "the coordinates")


def _linearised(xs: Floats, ys: Floats, xi: Floats, b: Floats, lower: Floats) -> tuple[Floats, Floats]:
    n, p = len(xi), len(b)
    powers = np.power.outer(xi, np.arange(p))
    slope = powers[:, :-1] @ (b[1:] * np.arange(1, p)) if p > 1 else np.zeros(n)
    jacobian = np.zeros((2 * n, n + p))
    jacobian[:n, :n] = np.eye(n)
    jacobian[n:, :n] = np.diag(slope)
    jacobian[n:, n:] = powers
    rest = np.concatenate([xs - xi, ys - powers @ b])
    return np.asarray(np.linalg.solve(lower, jacobian)), np.asarray(np.linalg.solve(lower, rest))


def _covariance(slopes: Floats, n: int) -> Floats:
    _, r = np.linalg.qr(slopes)
    inverse = np.linalg.inv(r[n:, n:])  # the coefficients stand last, so their block of R is enough
    return np.asarray(inverse @ inverse.T)
