"""Degrees of equivalence: each laboratory against the reference value, and in pairs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.comparison.errors import BadCorrelation, BadNumber, require
from hengliang.metrology.comparison.results import ReferenceValue, Result


@dataclass(frozen=True, slots=True)
class Degree:
    """Difference from the reference value (or from another laboratory) with its expanded uncertainty."""

    laboratory: str
    value: float
    u: float
    expanded_u: float
    other: str | None = None

    @property
    def en(self) -> float:
        """value / U; beyond ±1 the difference is significant. Of a reference laboratory, which is its own, 0."""
        if self.expanded_u == 0:
            return math.copysign(math.inf, self.value) if self.value else 0.0
        return self.value / self.expanded_u


def unilateral(
    results: Sequence[Result],
    reference: ReferenceValue,
    *,
    correlation: ArrayLike | None = None,
    k: float = 2.0,
) -> tuple[Degree, ...]:
    """D_i = x_i - x_ref with u^2(D_i) = u_i^2 + u_ref^2 - 2 cov(x_i, x_ref), cov = sum_j w_j cov(x_i, x_j).

    For the weighted mean that is u_i^2 - u_ref^2; for the power-moderated mean (1 - 2 w_i) u_i^2 + u_ref^2. A
    reference value without weights (median, robust means) counts as independent, which makes U a little too
    large; procedure B gives the exact intervals.

    correlation : (n, n) between the results, unit diagonal

    Raises BadNumber, BadCorrelation.

    Source: Cox, Metrologia 39 (2002) 589, 5.2; Pommé and Keightley, Metrologia 52 (2015) S200, eq. (14).
    """
    require.positive(k=k)
    if len(reference.weights) != len(results):
        sizes = f"{len(results)} results"
        raise BadNumber(what="the list", value=sizes, wanted=f"the {len(reference.weights)} of the reference value")
    covariance = _covariance(results, correlation)
    weights = np.nan_to_num(np.array(reference.weights))
    shared = covariance @ weights
    # A scatter that happens to be small must not make the reference better known than its own results make it.
    least = float(weights @ shared)
    # With one laboratory as reference everything is shared, and rounding must not make this negative.
    variance = np.maximum(np.diag(covariance) + max(reference.u**2, least) - 2 * shared, 0.0)
    u = np.sqrt(variance)
    return tuple(
        Degree(r.laboratory, r.value - reference.value, float(s), k * float(s)) for r, s in zip(results, u, strict=True)
    )


def bilateral(results: Sequence[Result], *, correlation: ArrayLike | None = None, k: float = 2.0) -> tuple[Degree, ...]:
    """D_ij = x_i - x_j with u^2 = u_i^2 + u_j^2 - 2 cov(x_i, x_j), for every i < j.

    Source: CIPM MRA, T.3; Cox, Metrologia 39 (2002) 589, 5.3.
    """
    c = _covariance(results, correlation)
    found = []
    for i, a in enumerate(results):
        for j in range(i + 1, len(results)):
            u = float(np.sqrt(max(c[i, i] + c[j, j] - 2 * c[i, j], 0.0)))
            b = results[j]
            found.append(Degree(a.laboratory, a.value - b.value, u, k * u, b.laboratory))
    return tuple(found)


def _covariance(results: Sequence[Result], correlation: ArrayLike | None) -> Floats:
    for result in results:
        require.finite(**{f"the value of {result.laboratory}": result.value})
        require.not_negative(**{f"u of {result.laboratory}": result.u})
    u = np.array([r.u for r in results])
    if correlation is None:
        return np.diag(np.square(u))
    r = np.asarray(correlation, dtype=float)
    fits = r.shape == (len(u), len(u)) and np.allclose(np.diag(r), 1) and np.allclose(r, r.T)
    if not fits or np.linalg.eigvalsh(r)[0] < -1e-12:
        raise BadCorrelation()
    return np.asarray(r * np.outer(u, u))
