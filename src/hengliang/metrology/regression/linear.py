"""Linear least squares: ordinary, weighted, and with a full covariance of the readings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arguments import LARGEST
from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.extended import Extended, Readings
from hengliang.metrology.regression.errors import NotPositiveDefinite, ShapeMismatch, TooFewPoints, require_finite
from hengliang.metrology.regression.refine import factor, inverse_normal, solve


@dataclass(frozen=True, slots=True, eq=False)
class LinearFit:
    """A fitted linear model with the covariance of its coefficients.

    `scaled_by_residuals` says where the covariance comes from: from the scatter about the curve (readings
    without stated uncertainty) or from the uncertainties given with the readings.
    """

    names: tuple[str, ...]
    coefficients: Floats
    """(p,), each in unit of y over unit of its term."""
    covariance: Floats
    """(p, p), of the coefficients."""
    residuals: Floats
    """(n,), observed minus fitted [unit of y]; whitened where uncertainties were given."""
    rss: float
    """Sum of squared (whitened) residuals: chi-squared where uncertainties were given."""
    total: float
    """Sum of squares that `r_squared` is taken against."""
    scaled_by_residuals: bool

    @property
    def degrees_of_freedom(self) -> int:
        """n - p."""
        return len(self.residuals) - len(self.coefficients)

    @property
    def residual_sd(self) -> float:
        """Standard deviation of the (whitened) residuals, sqrt(rss / (n - p)); NaN when n = p."""
        nu = self.degrees_of_freedom
        return float(np.sqrt(self.rss / nu)) if nu else float("nan")

    @property
    def u(self) -> Floats:
        """(p,) standard uncertainties of the coefficients."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def r_squared(self) -> float:
        """Share of the sum of squares that the model explains."""
        return 1.0 - self.rss / self.total if self.total else 1.0

    def at(self, terms: ArrayLike) -> tuple[Floats, Floats]:
        """Fitted values and their standard uncertainties at rows of terms, shape (m, p) or (p,)."""
        rows = np.atleast_2d(np.asarray(terms, dtype=float))
        if rows.shape[1] != len(self.coefficients):
            raise ShapeMismatch(what="a row of terms", got=rows.shape[1], expected=len(self.coefficients))
        variance = np.einsum("ij,jk,ik->i", rows, self.covariance, rows)
        return rows @ self.coefficients, np.sqrt(np.maximum(variance, 0.0))


def fit_linear(
    terms: Sequence[Readings],
    y: Readings,
    *,
    u: ArrayLike | None = None,
    covariance: ArrayLike | None = None,
    names: Sequence[str] | None = None,
    intercept: bool = True,
) -> LinearFit:
    """Coefficients b of y = b0*terms[0] + b1*terms[1] + … with their covariance.

    Parameters
    ----------
    terms : the model's terms, one sequence of n values each; a constant term is `[1] * n`
    y : (n,) readings; text or Decimal keeps digits that float64 drops
    u : (n,) standard uncertainties of the readings [unit of y]; weighted least squares
    covariance : (n, n) covariance of the readings [unit of y squared]; generalised least squares
    names : names of the terms, for messages and reports
    intercept : whether a constant term is among them (decides what `r_squared` compares with)

    Without `u` and `covariance` the coefficients' covariance is scaled by the residual variance.

    Raises TooFewPoints, ShapeMismatch, NotFinite, RankDeficient, NotPositiveDefinite.

    Source: ISO/TS 28037:2010, clauses 6 and 9; GUM (JCGM 100:2008), H.3; by QR, see `refine`.

    >>> fit = fit_linear([[1, 1, 1], [0, 1, 2]], [1, 3, 5])
    >>> fit.coefficients.tolist()
    [1.0, 2.0]
    """
    readings = Extended.of(y)
    columns = tuple(Extended.of(t) for t in terms)
    labels = tuple(names or (f"b{j}" for j in range(len(columns))))
    _check(columns, readings, known=u is not None or covariance is not None)
    if covariance is not None:
        columns, readings = _whiten(columns, readings, np.asarray(covariance, dtype=float))
    elif u is not None:
        weight = 1.0 / _positive(np.asarray(u, dtype=float), len(readings))
        columns, readings = tuple(c * weight for c in columns), readings * weight
    return _solve(columns, readings, labels, u is None and covariance is None, intercept)


def _solve(
    columns: tuple[Extended, ...], y: Extended, names: tuple[str, ...], scaled: bool, intercept: bool
) -> LinearFit:
    system = factor(columns, names)
    n, p = system.size
    residuals, coefficients = solve(system, y, np.zeros(p))
    rss = (residuals * residuals).sum().to_float()
    spread = y - y.mean() if intercept and scaled else y
    factor_s2 = rss / (n - p) if scaled else 1.0
    return LinearFit(
        names=names,
        coefficients=coefficients,
        covariance=inverse_normal(system) * factor_s2,
        residuals=residuals.values(),
        rss=rss,
        total=(spread * spread).sum().to_float(),
        scaled_by_residuals=scaled,
    )


def _check(columns: tuple[Extended, ...], y: Extended, *, known: bool) -> None:
    n, p = len(y), len(columns)
    if n < p or (n == p and not known):
        raise TooFewPoints(n=n, needed=f"{p} coefficients" + ("" if known else " and a residual variance"))
    for what, column in (("y", y), *((f"term {j}", c) for j, c in enumerate(columns))):
        if len(column) != n:
            raise ShapeMismatch(what=what, got=len(column), expected=n)
        require_finite(what, column.high)


def _positive(u: Floats, n: int) -> Floats:
    if u.shape != (n,):
        raise ShapeMismatch(what="u", got=u.size, expected=n)
    if not ((u > 0) & np.isfinite(u)).all():
        raise NotPositiveDefinite(what="the readings (an uncertainty is not positive, or not finite)")
    return u


def _whiten(columns: tuple[Extended, ...], y: Extended, covariance: Floats) -> tuple[tuple[Extended, ...], Extended]:
    if covariance.shape != (len(y), len(y)):
        raise ShapeMismatch(what="covariance", got=covariance.size, expected=len(y) ** 2)
    lower = cholesky(covariance, "the readings")
    block = np.column_stack([c.values() for c in (*columns, y)])
    white = np.linalg.solve(lower, block)
    return tuple(Extended.of(white[:, j]) for j in range(len(columns))), Extended.of(white[:, -1])


def cholesky(covariance: Floats, what: str) -> Floats:
    """Lower factor of a covariance matrix; raises NotPositiveDefinite naming what it belongs to."""
    if not (np.abs(covariance) <= LARGEST).all():
        raise NotPositiveDefinite(what=f"{what} (it is not finite)")
    if not np.allclose(covariance, covariance.T, rtol=1e-9, atol=0.0):
        raise NotPositiveDefinite(what=f"{what} (it is not symmetric)")
    try:
        return np.asarray(np.linalg.cholesky(covariance))
    except np.linalg.LinAlgError:
        raise NotPositiveDefinite(what=what) from None
