"""Limits and points of Shewhart, EWMA and CUSUM charts."""

import math
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.control_chart.errors import BadGroups, TooFewGroups, require
from hengliang.metrology.control_chart.factors import c4, d2, d3

_EWMA_WEIGHT = 0.2  # GB/T 17989: a usual weight of the newest value

_LARGEST_GROUP = 25


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Points with centre line and control limits; limits are arrays since those of an EWMA widen."""

    name: str
    points: Floats
    centre: float
    lower: Floats
    upper: Floats
    sigma: Floats
    """Standard deviation of each point about the centre line."""

    @property
    def beyond(self) -> tuple[int, ...]:
        """Places of the points outside the limits, from 0."""
        return tuple(np.flatnonzero((self.points < self.lower) | (self.points > self.upper)).tolist())


def mean_and_sd(groups: ArrayLike) -> tuple[Chart, Chart]:
    """X-bar and s charts of m subgroups of n readings, shape (m, n), limits at three sigma.

    Raises TooFewGroups, BadGroups.

    Source: GB/T 17989.2-2020 (ISO 7870-2:2013), clause 6 (X-bar and s).
    """
    x = _groups(groups)
    n = x.shape[1]
    sds = x.std(axis=1, ddof=1)
    sigma = float(sds.mean()) / c4(n)
    spread = sigma * math.sqrt(1 - c4(n) ** 2)
    return _mean_chart(x, sigma), _chart("s", sds, float(sds.mean()), spread, least=0.0)


def mean_and_range(groups: ArrayLike) -> tuple[Chart, Chart]:
    """X-bar and R charts of m subgroups of n readings, shape (m, n), limits at three sigma.

    Source: GB/T 17989.2-2020 (ISO 7870-2:2013), clause 6 (X-bar and R).
    """
    x = _groups(groups)
    n = x.shape[1]
    ranges = np.ptp(x, axis=1)
    sigma = float(ranges.mean()) / d2(n)
    return _mean_chart(x, sigma), _chart("R", ranges, float(ranges.mean()), sigma * d3(n), least=0.0)


def individuals(values: ArrayLike) -> tuple[Chart, Chart]:
    """Individuals and moving-range charts of m single readings.

    Source: GB/T 17989.2-2020 (ISO 7870-2:2013), clause 6 (X and moving R, limits 2.660 and 3.267 mean MR).
    """
    x = require.series("values", values)
    _enough(x, 3)
    moving = np.abs(np.diff(x))
    sigma = float(moving.mean()) / d2(2)
    single = _chart("X", x, float(x.mean()), sigma)
    return single, _chart("MR", moving, float(moving.mean()), sigma * d3(2), least=0.0)


def ewma(values: ArrayLike, target: float, sigma: float, *, weight: float = _EWMA_WEIGHT, width: float = 3.0) -> Chart:
    """Exponentially weighted moving average z = weight x + (1 - weight) z, started at the target.

    sigma : of one value; limits widen as sigma^2 weight/(2 - weight) (1 - (1 - weight)^(2i))

    Source: ISO 7870-6:2016; NIST/SEMATECH e-Handbook, 6.3.2.4.
    """
    require.finite(target=target)
    require.positive(sigma=sigma, width=width)
    if weight != 1:
        require.share(weight=weight)
    x = require.series("values", values)
    _enough(x, 1)
    smooth, last = np.empty_like(x), target
    for i, value in enumerate(x):
        last = weight * float(value) + (1 - weight) * last
        smooth[i] = last
    age = np.arange(1, len(x) + 1)
    spread = sigma * np.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * age)))
    return Chart("EWMA", smooth, target, target - width * spread, target + width * spread, spread)


@dataclass(frozen=True, slots=True, eq=False)
class CusumChart:
    """Tabular CUSUM in units of sigma."""

    high: Floats
    low: Floats
    h: float
    signals: tuple[int, ...]
    """Places where either sum exceeds h, from 0."""


def cusum(values: ArrayLike, target: float, sigma: float, *, k: float = 0.5, h: float = 5.0) -> CusumChart:
    """Upper and lower cumulative sums of (x - target)/sigma beyond the allowance k.

    k = half the shift to be found, in sigma; h = 4 or 5.

    Source: ISO 7870-4:2021; NIST/SEMATECH e-Handbook, 6.3.2.3.
    """
    require.finite(target=target)
    require.positive(sigma=sigma, h=h)
    require.not_negative(k=k)
    z = (require.series("values", values) - target) / sigma
    _enough(z, 1)
    high, low = np.zeros_like(z), np.zeros_like(z)
    up = down = 0.0
    for i, value in enumerate(z):
        up, down = max(0.0, up + float(value) - k), max(0.0, down - float(value) - k)
        high[i], low[i] = up, down
    return CusumChart(high, low, h, tuple(np.flatnonzero((high > h) | (low > h)).tolist()))


def _mean_chart(x: Floats, sigma: float) -> Chart:
    return _chart("X-bar", x.mean(axis=1), float(x.mean()), sigma / math.sqrt(x.shape[1]))


def _chart(name: str, points: Floats, centre: float, spread: float, *, least: float = -math.inf) -> Chart:
    ones = np.ones(len(points))
    low = max(least, centre - 3 * spread)
    return Chart(name, points, centre, low * ones, (centre + 3 * spread) * ones, spread * ones)


def _groups(groups: ArrayLike) -> Floats:
    try:
        x = np.asarray(groups, dtype=float)
    except ValueError:
        x = np.empty((0,))
    if x.ndim != 2 or not 2 <= x.shape[1] <= _LARGEST_GROUP:
        raise BadGroups(least=2, most=_LARGEST_GROUP, sizes=list(x.shape[1:]) or "unlike sizes")
    _enough(x, 2)
    return require.series("groups", x)


def _enough(x: Floats, needed: int) -> None:
    if x.ndim == 0 or len(x) < needed:
        raise TooFewGroups(n=x.size, needed=needed)
