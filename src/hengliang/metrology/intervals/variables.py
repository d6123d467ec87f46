"""Calibration intervals from how much the values drift (variables data)."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.intervals.errors import TargetOutOfReach, TooLittleHistory, require
from hengliang.metrology.regression import LinearFit, fit_linear

_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class DriftModel:
    """Drift since calibration as a polynomial without constant term, with its uncertainty."""

    fit: LinearFit
    y0: float
    """Value found at the last calibration."""
    u0: float
    """Its standard uncertainty."""

    def at(self, time: float) -> tuple[float, float]:
        """Predicted value and standard uncertainty after `time`: u^2 = u0^2 + s^2 + x' C x."""
        require.not_negative(time=time)
        powers = self._powers(time)
        drift, _ = self.fit.at(powers)
        variance = self.u0**2 + self.fit.residual_sd**2 + float(powers @ self.fit.covariance @ powers)
        return self.y0 + float(drift[0]), math.sqrt(variance)

    def interval_for_uncertainty(self, u_target: float, *, longest: float = 1e6) -> float:
        """Time after which the uncertainty reaches its target.

        Raises TargetOutOfReach when it is exceeded at once.

        Source: NASA-HDBK-8739.19-5, variables data (uncertainty target).
        """
        require.positive(u_target=u_target, longest=longest)
        return _first(lambda t: self.at(t)[1] - u_target, longest, "the uncertainty begins above its target")

    def interval_for_limits(
        self,
        *,
        low: float = -math.inf,
        high: float = math.inf,
        confidence: float = _CONFIDENCE,
        longest: float = 1e6,
    ) -> float:
        """Time during which the value stays within the limits with the confidence given (t distribution).

        With two limits the interval about the prediction is two-sided, with one limit one-sided.

        Raises TargetOutOfReach.

        Source: NASA-HDBK-8739.19-5, variables data (reliability target).
        """
        from scipy.special import stdtrit

        require.positive(longest=longest)
        require.share(confidence=confidence)
        if not low < high:
            raise TargetOutOfReach(reason=f"nothing lies between {low} and {high}")
        both = math.isfinite(low) and math.isfinite(high)
        factor = float(stdtrit(self.fit.degrees_of_freedom, (1 + confidence) / 2 if both else confidence))

        def excess(time: float) -> float:
            """How far the coverage interval reaches over the nearer limit [unit of y]; negative inside."""
            value, u = self.at(time)
            return max(value + factor * u - high, low - (value - factor * u))

        return _first(excess, longest, "the value begins outside the limits at this confidence")

    def _powers(self, time: float) -> Floats:
        return np.power(time, np.arange(1, len(self.fit.coefficients) + 1))


def drift_model(times: ArrayLike, changes: ArrayLike, *, order: int, y0: float, u0: float) -> DriftModel:
    """Least squares of the changes since the calibration before each, on powers 1 to `order` of the time.

    Raises TooLittleHistory, and what `fit_linear` raises.

    Source: NASA-HDBK-8739.19-5, variables data; NCSLI RP-1, annex on drift.
    """
    require.whole(1, order=order)
    require.finite(y0=y0)
    require.not_negative(u0=u0)
    t_values = require.series("times", times)
    if len(t_values) <= order:
        raise TooLittleHistory(method=f"a drift of order {order}", needed=order + 1, n=len(t_values))
    columns = [t_values ** (j + 1) for j in range(order)]
    fit = fit_linear(columns, np.asarray(changes, dtype=float), intercept=False)
    return DriftModel(fit, y0, u0)


def _first(excess: Callable[[float], float], longest: float, reason: str) -> float:
    """First time at which `excess` turns positive, sought on a geometric grid; `longest` if it never does."""
    if excess(0.0) > 0:
        raise TargetOutOfReach(reason=reason)
    low = 0.0
    for high in np.geomspace(longest * 1e-6, longest, 1200).tolist():
        if excess(high) > 0:
            break
        low = high
    else:
        return longest
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) <= 0 else (low, middle)
    return float(low)
