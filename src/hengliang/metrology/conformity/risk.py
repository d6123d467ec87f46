"""Probabilities of deciding wrongly: for the item at hand, and for all items of a process."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.conformity.errors import BadNumber, RiskOutOfReach, require
from hengliang.metrology.conformity.interval import Interval

_NODES = 24


def conformance_probability(y: float, u: float, tolerance: Interval, *, degrees_of_freedom: float = math.inf) -> float:
    """Probability that the true value lies in the tolerance, normal (or t) about y with standard deviation u.

    Source: JCGM 106:2012, 7.2 to 7.4 (eqs 9 to 13); t for finite degrees of freedom as in JCGM 101, 6.4.9.

    >>> round(conformance_probability(13.6, 1.8, Interval(12.5, 16.3)), 2)
    0.66
    """
    require.finite(y=y)
    require.positive(u=u)
    if degrees_of_freedom != math.inf:
        require.positive(degrees_of_freedom=degrees_of_freedom)
    cdf = _cdf(degrees_of_freedom)
    return float(cdf((tolerance.high - y) / u) - cdf((tolerance.low - y) / u))


def specific_risk(y: float, u: float, tolerance: Interval) -> float:
    """Risk of the decision about this item: of accepting it when y is accepted, 1 - p_c.

    Source: JCGM 106:2012, 9.3.2.
    """
    return 1.0 - conformance_probability(y, u, tolerance)


def capability_index(tolerance: Interval, u: float) -> float:
    """Measurement capability index C_m = T / (4 u), T the width of a two-sided tolerance.

    Source: JCGM 106:2012, 7.6.3 (eq. 15).
    """
    require.positive(u=u)
    return tolerance.width / (4 * u)


def rejection_limit(
    limit: float, probability: float, *, u: float | None = None, relative_u: float | None = None
) -> float:
    """Smallest reading that shows, with the probability given, that an upper limit is exceeded.

    Give u, or relative_u for an uncertainty that grows with the reading.

    Raises RiskOutOfReach when the relative uncertainty is too large for any reading to show it.

    Source: JCGM 106:2012, 8.3.3 (guarded rejection, the speed of a vehicle).

    >>> round(rejection_limit(100, 0.999, relative_u=0.02), 1)
    106.6
    """
    from scipy.special import ndtri

    require.finite(limit=limit)
    require.share(probability=probability)
    z = float(ndtri(probability))
    if relative_u is None:
        if u is None:
            raise BadNumber(what="u", value=None, wanted="given, or relative_u instead")
        require.positive(u=u)
        return limit + z * u
    require.positive(relative_u=relative_u)
    if z * relative_u >= 1:
        raise RiskOutOfReach(risk=1 - probability, u=relative_u)
    return limit / (1 - z * relative_u)


@dataclass(frozen=True, slots=True)
class GlobalRisks:
    """Shares of all items produced."""

    false_accept: float
    """Consumer's risk: not conforming, and accepted."""
    false_reject: float
    """Producer's risk: conforming, and rejected."""


def global_risks(
    process_mean: float, process_sd: float, u: float, tolerance: Interval, acceptance: Interval
) -> GlobalRisks:
    """Global risks of normal items N(mean, sd^2) measured with normal error of standard deviation u.

    Source: JCGM 106:2012, 9.5.2 and 9.5.3 (eqs 17 and 19).
    """
    require.finite(process_mean=process_mean)
    require.positive(u=u, process_sd=process_sd)
    from scipy.special import ndtr

    def accepted(x: Floats) -> Floats:
        """Probability that an item of true value x (n,) measures within acceptance."""
        return np.asarray(ndtr((acceptance.high - x) / u) - ndtr((acceptance.low - x) / u))

    def rejected(x: Floats) -> Floats:
        """Probability that an item of true value x (n,) measures outside acceptance."""
        # Both tails by themselves: 1 - accepted would lose the digits of a small risk.
        return np.asarray(ndtr((acceptance.low - x) / u) + ndtr((x - acceptance.high) / u))

    reach = 12 * math.hypot(process_sd, u)
    knots = _knots(process_mean, process_sd, u, tolerance, acceptance)

    def share(function: Callable[[Floats], Floats], low: float, high: float) -> float:
        """Share of all items that lie between two values and are decided so: the integral over their density."""
        low, high = max(low, process_mean - reach), min(high, process_mean + reach)
        return _integral(lambda x: function(x) * _density(x, process_mean, process_sd), low, high, knots)

    below, above = (-math.inf, tolerance.low), (tolerance.high, math.inf)
    return GlobalRisks(
        false_accept=share(accepted, *below) + share(accepted, *above),
        false_reject=share(rejected, tolerance.low, tolerance.high),
    )


def guard_band_for_specific_risk(u: float, risk: float) -> float:
    """Guard band w = z u that keeps the risk of accepting an item at one limit to `risk`.

    Source: JCGM 106:2012, 8.3.2; ISO 14253-1:2017 (risk 5 %, w = 1.65 u).
    """
    from scipy.special import ndtri

    require.positive(u=u)
    require.share(risk=risk)
    return float(ndtri(1 - risk)) * u


def guard_band_for_global_risk(
    process_mean: float, process_sd: float, u: float, tolerance: Interval, risk: float
) -> float:
    """Smallest guard band (0 if none is needed) that keeps the global false-accept risk to `risk`.

    Raises RiskOutOfReach for a risk of zero or less, which no measurement with error can promise.

    Source: JCGM 106:2012, 9.5.4.
    """

    def excess(w: float) -> float:
        """How far the false-accept risk under guard band w still lies above the wanted one."""
        guarded = tolerance.guarded(w)
        return global_risks(process_mean, process_sd, u, tolerance, guarded).false_accept - risk

    require.finite(risk=risk)
    if not risk > 0:
        raise RiskOutOfReach(risk=risk, u=u)
    if excess(0.0) <= 0:
        return 0.0
    # 40 u cuts off every error of measurement; a two-sided tolerance may close before.
    low, high = 0.0, min(tolerance.width / 2 * (1 - 1e-9), 40 * u)
    while high - low > 1e-12 * max(high, u):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return high


def _cdf(degrees_of_freedom: float) -> Callable[[float], float]:
    from scipy.special import ndtr, stdtr

    if math.isinf(degrees_of_freedom):
        return lambda z: float(ndtr(z))
    return lambda z: float(stdtr(degrees_of_freedom, z)) if math.isfinite(z) else float(z > 0)


def _knots(mean: float, sd: float, u: float, tolerance: Interval, acceptance: Interval) -> Floats:
    """Places where the integrand may change its pace."""
    steps = np.array([-8.0, -4, -2, -1, 0, 1, 2, 4, 8])
    limits = [v for v in (tolerance.low, tolerance.high, acceptance.low, acceptance.high) if math.isfinite(v)]
    parts = [mean + sd * steps, *(v + u * steps for v in limits)]
    return np.unique(np.concatenate(parts))


def _integral(function: Callable[[Floats], Floats], low: float, high: float, knots: Floats) -> float:
    if not low < high:
        return 0.0
    inside = knots[(knots > low) & (knots < high)]
    edges = np.concatenate([[low], inside, [high]])
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    half = np.diff(edges)[:, None] / 2
    x = edges[:-1, None] + half * (1 + nodes)
    return float(np.sum(function(x) * weights * half))


def _density(x: Floats, mean: float, sd: float) -> Floats:
    return np.asarray(np.exp(-0.5 * np.square((x - mean) / sd)) / (sd * math.sqrt(2 * math.pi)))
