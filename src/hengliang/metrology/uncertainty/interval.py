"""Coverage intervals from draws, and the numerical tolerance of an uncertainty.

Source: JCGM 101:2008, 7.7 (coverage interval from the sorted values) and 7.9.2 (numerical tolerance).
"""

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.errors import InputError

Floats = NDArray[np.float64]
Kind = Literal["symmetric", "shortest"]


def coverage_interval(draws: Floats, p: float, kind: Kind = "symmetric") -> tuple[float, float]:
    """The interval that holds the share `p` of the draws, shape (n,): symmetric in probability, or shortest.

    Raises InputError when there are too few draws for `p`.
    Source: JCGM 101:2008, 7.7.1 to 7.7.4.
    """
    # Sorting whole is vectorised in numpy and costs less than selecting the two ends.
    return interval_of_ordered(np.sort(draws), p, kind)


def interval_of_ordered(ordered: Floats, p: float, kind: Kind = "symmetric") -> tuple[float, float]:
    """As `coverage_interval`, of draws that are in ascending order."""
    n = len(ordered)
    q = int(p * n + 0.5)
    if not 0 < p < 1 or not 0 < q < n:
        raise InputError(name="p", reason=f"{n} draws hold no interval of probability {p}")
    if kind == "symmetric":
        low = max((n - q + 1) // 2, 1) - 1
    else:
        low = int(np.argmin(ordered[q:] - ordered[: n - q]))
    return float(ordered[low]), float(ordered[low + q])


def numerical_tolerance(u: float, digits: int) -> float:
    """Half a unit of the last of `digits` significant digits of u. Source: JCGM 101:2008, 7.9.2.

    >>> numerical_tolerance(0.35, 2), numerical_tolerance(4.35, 1)
    (0.005, 0.5)
    """
    if u <= 0:
        return 0.0
    # The place is that of u as rounded: 0.0996 to one digit is 0.1, not 0.10.
    place = int(f"{u:.{digits - 1}e}".partition("e")[2]) - digits + 1
    return 0.5 * math.pow(10.0, place)
