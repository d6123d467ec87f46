"""Robust reference values for proficiency tests, which do not trust the uncertainties reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.comparison.errors import NoScatter
from hengliang.metrology.comparison.results import ReferenceValue, Result, contributing

# ISO 13528:2022, C.3.1 (Algorithm A) and C.5.2, C.5.3.3 (Q method, Hampel estimator).
_MAD_TO_SD = 1.483
_WINSOR = 1.5
_WINSOR_TO_SD = 1.134
_EFFICIENCY = 1.25  # 7.7.3
_QUARTER = 0.25
_THREE_QUARTERS = 0.75
_Q_BASE = 0.625
_Q_TIES = 0.375
_HAMPEL_END = 4.5

_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class RobustEstimate:
    """Location and scale, in the unit of the values."""

    mean: float
    sd: float
    n: int

    @property
    def u(self) -> float:
        """Standard uncertainty of the mean, 1.25 s* / sqrt(p) (ISO 13528:2022, 7.7.3)."""
        return _EFFICIENCY * self.sd / float(np.sqrt(self.n))


def algorithm_a(values: ArrayLike) -> RobustEstimate:
    """Huber's winsorised mean and standard deviation, iterated until nothing changes.

    The answer depends on where the iteration stops; this one runs to convergence, while printed examples that
    stop at the third significant figure can differ in the last digit.

    Raises NoScatter.

    Source: ISO 13528:2022, C.3.1.
    """
    x = np.asarray(values, dtype=float)
    mean = float(np.median(x))
    sd = _MAD_TO_SD * float(np.median(np.abs(x - mean)))
    for _ in range(_ROUNDS):
        if sd == 0.0:
            raise NoScatter(method="Algorithm A")
        held = np.clip(x, mean - _WINSOR * sd, mean + _WINSOR * sd)
        last, mean = (mean, sd), float(held.mean())
        sd = _WINSOR_TO_SD * float(held.std(ddof=1))
        if abs(mean - last[0]) <= 1e-14 * sd and abs(sd - last[1]) <= 1e-14 * sd:
            break
    return RobustEstimate(mean, sd, len(x))


def q_hampel(values: ArrayLike) -> RobustEstimate:
    """Hampel's mean with the scale of the Q method; needs no iteration.

    Raises NoScatter.

    Source: ISO 13528:2022, C.5.2.2 (Q, one result per laboratory) and C.5.3.3 (Hampel).
    """
    x = np.asarray(values, dtype=float)
    sd = _q_scale(x)
    if sd == 0.0:
        raise NoScatter(method="Q/Hampel")
    return RobustEstimate(_hampel_mean(x, sd), sd, len(x))


def _q_scale(x: Floats) -> float:
    i, j = np.triu_indices(len(x), 1)
    steps, counts = np.unique(np.abs(x[i] - x[j]), return_counts=True)
    h = np.cumsum(counts) / counts.sum()
    h_zero = float(h[0]) if steps[0] == 0.0 else 0.0
    # G runs through the middles of the steps of H, and through 0 at 0 when no two results are equal.
    g = (h + np.concatenate([[0.0], h[:-1]])) / 2
    if steps[0] > 0.0:
        steps, g = np.concatenate([[0.0], steps]), np.concatenate([[0.0], g])
    else:
        g[0] = 0.0
    quantile = float(np.interp(_QUARTER + _THREE_QUARTERS * h_zero, g, steps))
    if h_zero == 1.0:  # all are identical
        return 0.0
    return quantile / float(np.sqrt(2) * NormalDist().inv_cdf(_Q_BASE + _Q_TIES * h_zero))


def _hampel_mean(x: Floats, sd: float) -> float:
    """The zero, nearest the median, of a sum that is straight between its knots."""
    knots = np.unique(np.add.outer(x, sd * np.array([-_HAMPEL_END, -3.0, -_WINSOR, _WINSOR, 3.0, _HAMPEL_END])))
    sums = _psi(np.subtract.outer(x, knots) / sd).sum(axis=0)
    sums[np.abs(sums) < 1e-12] = 0.0
    zeros = [float(k) for k, s in zip(knots, sums, strict=True) if s == 0.0 and x.min() <= k <= x.max()]
    crossed = np.flatnonzero(sums[:-1] * sums[1:] < 0)
    slopes = np.diff(sums)[crossed] / np.diff(knots)[crossed]
    zeros.extend((knots[crossed] - sums[crossed] / slopes).tolist())
    centre = float(np.median(x))
    return min(zeros, key=lambda z: abs(z - centre), default=centre)


def _psi(q: Floats) -> Floats:
    size = np.abs(q)
    held = np.minimum(size, _WINSOR)
    falling = np.clip(_HAMPEL_END - size, 0.0, _WINSOR)
    return np.asarray(np.sign(q) * np.where(size <= 3.0, held, falling))


def robust_value(results: Sequence[Result], *, method: str) -> ReferenceValue:
    """Algorithm A or Q/Hampel of the included results as a reference value."""
    x, _ = contributing(results, method, least=3)
    found = algorithm_a(x) if method == "Algorithm A" else q_hampel(x)
    nan = tuple(float("nan") for _ in results)
    return ReferenceValue(found.mean, found.u, method, nan, between_sd=found.sd)
