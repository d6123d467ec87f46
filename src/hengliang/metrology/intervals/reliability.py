"""Method S2: reliability against time since calibration, fitted over a family of instruments."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.intervals.errors import BadNumber, BadTarget, TargetOutOfReach, TooLittleHistory, require


def _exponential(t: Floats, b: Floats) -> Floats:
    return np.asarray(np.exp(-b[0] * t))


def _weibull(t: Floats, b: Floats) -> Floats:
    return np.asarray(np.exp(-np.power(b[0] * t, b[1])))


def _mixed_exponential(t: Floats, b: Floats) -> Floats:
    return np.asarray(np.power(1 + b[0] * t, -b[1]))


def _random_walk(t: Floats, b: Floats) -> Floats:
    from scipy.special import erf

    return np.asarray(erf(1 / np.sqrt(2 * (b[0] + b[1] * t))))


# Models of RP-1 with positive parameters, and a start scaled to the mean failure rate.
MODELS: dict[str, tuple[Callable[[Floats, Floats], Floats], Callable[[float], list[float]]]] = {
    "exponential": (_exponential, lambda rate: [rate]),
    "Weibull": (_weibull, lambda rate: [rate, 0.8]),
    "mixed exponential": (_mixed_exponential, lambda rate: [rate, 1.0]),
    "random walk": (_random_walk, lambda rate: [0.1, rate]),
}


@dataclass(frozen=True, slots=True, eq=False)
class ReliabilityFit:
    """A model fitted by maximum likelihood to the shares found in tolerance."""

    model: str
    parameters: Floats
    aic: float
    interval: float
    """Time at which the reliability falls to the target."""

    def at(self, times: ArrayLike) -> Floats:
        """Reliability after the times given, shape as given."""
        return MODELS[self.model][0](np.asarray(times, dtype=float), self.parameters)


def fit_reliability(
    times: ArrayLike, counts: Sequence[int], in_tolerance: Sequence[float], target: float
) -> tuple[ReliabilityFit, ...]:
    """Every model that converges, best (least Akaike criterion) first.

    times : (m,) time since calibration of each bin; counts : calibrations in it; in_tolerance : share or
        number of them found in tolerance (values up to 1 are shares)

    Raises BadTarget, BadNumber, TooLittleHistory, TargetOutOfReach.

    Source: NCSLI RP-1:2010, method S2 (binned data, maximum likelihood); JJF 1139-2005 (最大似然估计).
    """
    t, n, good = _history(times, counts, in_tolerance)
    if not 0 < target < 1:
        raise BadTarget(target=target)
    if len(t) < 3:
        raise TooLittleHistory(method="method S2", needed=3, n=len(t))
    fits = [fit for name in MODELS if (fit := _fit(name, t, n, good, target)) is not None]
    if not fits:
        raise TargetOutOfReach(reason=f"no model falls to {target:g} within a thousand times the data")
    return tuple(sorted(fits, key=lambda f: f.aic))


def _history(times: ArrayLike, counts: Sequence[int], in_tolerance: Sequence[float]) -> tuple[Floats, Floats, Floats]:
    t, n = require.series("times", times), require.series("counts", counts)
    shares = require.series("in tolerance", in_tolerance)
    if not t.shape == n.shape == shares.shape:
        sizes = f"{t.size}, {n.size} and {shares.size}"
        raise BadNumber(what="the length of times, counts and in_tolerance", value=sizes, wanted="the same for all")
    good = shares * n if (shares <= 1).all() else shares
    if not ((t > 0) & (n > 0) & (good >= 0) & (good <= n)).all():
        wanted = "positive times and counts, with no more in tolerance than were calibrated"
        raise BadNumber(what="a bin", value="not possible", wanted=wanted)
    return t, n, good


def _fit(name: str, t: Floats, n: Floats, good: Floats, target: float) -> ReliabilityFit | None:
    from scipy.optimize import minimize

    model, start = MODELS[name]

    def loss(log_b: Floats) -> float:
        """Minus the log-likelihood of the recalls found in and out of tolerance; log b keeps b positive."""
        with np.errstate(all="ignore"):
            r = np.clip(model(t, np.exp(log_b)), 1e-12, 1 - 1e-12)
        return -float(np.sum(good * np.log(r) + (n - good) * np.log1p(-r)))

    rate = max(float(np.sum(n - good) / np.sum(n * t)), 1e-9)
    found: Any = minimize(
        loss,
        np.log(start(rate)),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 4000},
    )
    b = np.exp(found.x)
    interval = _time_at(lambda time: float(model(np.array(time), b)), target, float(t.max()) * 1000)
    if interval is None or not math.isfinite(found.fun):
        return None
    return ReliabilityFit(name, b, 2 * len(b) + 2 * float(found.fun), interval)


def _time_at(reliability: Callable[[float], float], target: float, longest: float) -> float | None:
    if reliability(longest) > target or reliability(0.0) < target:
        return None
    low, high = 0.0, longest
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if reliability(middle) > target else (low, middle)
    return high
