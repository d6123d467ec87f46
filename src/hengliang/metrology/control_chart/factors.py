"""Factors of normal samples: expectation and scatter of the range and of the standard deviation."""

import math
from functools import cache

import numpy as np


@cache
def c4(n: int) -> float:
    """E(s)/sigma for n readings.

    Source: GB/T 17989.2-2020 (ISO 7870-2:2013), table of factors.

    >>> round(c4(5), 4)
    0.94
    """
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


@cache
def d2(n: int) -> float:
    """E(range)/sigma for n readings.

    >>> round(d2(5), 3)
    2.326
    """
    return _range_moments(n)[0]


@cache
def d3(n: int) -> float:
    """Standard deviation of the range over sigma for n readings.

    >>> round(d3(5), 4)
    0.8641
    """
    mean, square = _range_moments(n)
    return math.sqrt(square - mean * mean)


@cache
def _range_moments(n: int) -> tuple[float, float]:
    """First two moments of the range: density of the smallest reading, the rest above it within w."""
    from scipy.special import ndtr

    nodes, weights = np.polynomial.legendre.leggauss(160)
    x = 9.0 * nodes  # smallest reading
    w = 6.0 * (nodes + 1)  # range, up to 12 sigma
    density = np.exp(-0.5 * x**2) / math.sqrt(2 * math.pi)
    # P(range <= w) = n * integral of density(x) [Phi(x + w) - Phi(x)]^(n - 1)
    inside = ndtr(x[:, None] + w[None, :]) - ndtr(x)[:, None]
    below = n * (9.0 * weights * density) @ inside ** (n - 1)
    above = 1.0 - below
    return float((6.0 * weights) @ above), float(2 * (6.0 * weights) @ (w * above))
