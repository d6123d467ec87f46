"""Coverage intervals from draws, and the numerical tolerance of an uncertainty.

Source: JCGM 101:2008, 7.7 (coverage interval from the sorted values) and 7.9.2 (numerical tolerance).
"""

import math
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.errors import InputError

Floats = NDArray[np.float64]
Kind = Literal["symmetric", "shortest"]
_SAMPLE = 10_000  # draws from which the threshold of a tail is guessed
_SAFE = 5.0  # standard deviations of that guess
_WORTH_SELECTING = 50_000  # draws; fewer are sorted whole as quickly


def coverage_interval(draws: Floats, p: float, kind: Kind = "symmetric") -> tuple[float, float]:
    """The interval that holds the share `p` of the draws, shape (n,): symmetric in probability, or shortest.

    Raises InputError when there are too few draws for `p`.
    Source: JCGM 101:2008, 7.7.1 to 7.7.4.
    """
    if not np.isfinite(draws).all():
        raise InputError(name="draws", reason="not all of them are finite numbers")
    require_kind(kind)
    if kind == "symmetric" and len(draws) >= _WORTH_SELECTING:
        return selected_interval(draws, p, np.sort(draws[:_SAMPLE]))
    return interval_of_ordered(np.sort(draws), p, kind)


def selected_interval(draws: Floats, p: float, sample: Floats) -> tuple[float, float]:
    """The symmetric interval, by selecting its ends.

    sample : draws of the same quantity in ascending order, shape (k,), which say roughly where the ends lie
    """
    low, high = _symmetric_ranks(len(draws), p)
    return _ranked(draws, low, sample), _ranked(draws, high, sample)


def interval_of_ordered(ordered: Floats, p: float, kind: Kind = "symmetric") -> tuple[float, float]:
    """As `coverage_interval`, of draws that are in ascending order."""
    require_kind(kind)
    low, high = _symmetric_ranks(len(ordered), p)
    if kind == "shortest":
        q = high - low
        low = int(np.argmin(ordered[q:] - ordered[: len(ordered) - q]))
        high = low + q
    return float(ordered[low]), float(ordered[high])


def require_kind(kind: str) -> None:
    """Raises InputError for an interval of another kind than symmetric or shortest.

    Source: JCGM 101:2008, 7.7.
    """
    if kind not in get_args(Kind):
        raise InputError(name="kind", reason=f"an interval is symmetric or shortest, got {kind!r}")


def _symmetric_ranks(n: int, p: float) -> tuple[int, int]:
    """Places of the ends among `n` ordered draws, from 0. Source: JCGM 101:2008, 7.7.2."""
    q = int(p * n + 0.5) if 0 < p < 1 else 0
    if not 0 < q < n:
        raise InputError(name="p", reason=f"{n} draws hold no interval of probability {p}")
    low = max((n - q + 1) // 2, 1) - 1
    return low, low + q


def _ranked(draws: Floats, rank: int, sample: Floats) -> float:
    """The draw that stands at `rank` (from 0) in ascending order, without sorting them all.

    Only the tail beyond a threshold is looked at, which the sample says lies on the safe side of the rank; where
    the tail turns out to be too short, all draws are. The answer is exact either way.
    """
    n, k = len(draws), len(sample)
    expected = rank / n * k
    margin = _SAFE * math.sqrt(max(expected * (1 - rank / n), 1.0) * (1 + k / n))
    if 2 * rank < n:
        at = math.ceil(expected + margin)
        tail = np.compress(draws <= sample[at], draws) if at < k else draws
        place = rank
    else:
        at = math.floor(expected - margin)
        tail = np.compress(draws >= sample[at], draws) if at >= 0 else draws
        place = len(tail) - (n - rank)
    if not 0 <= place < len(tail):
        tail, place = draws, rank
    return float(np.partition(tail, place)[place])


def numerical_tolerance(u: float, digits: int) -> float:
    """Half a unit of the last of `digits` significant digits of u. Source: JCGM 101:2008, 7.9.2.

    >>> numerical_tolerance(0.35, 2), numerical_tolerance(4.35, 1)
    (0.005, 0.5)
    """
    if not (0 <= u < math.inf and 1 <= digits <= 15):
        raise InputError(name="u", reason=f"has no tolerance to {digits} digits: {u}")
    if u == 0:
        return 0.0
    # The place is that of u as rounded: 0.0996 to one digit is 0.1, not 0.10.
    place = int(f"{u:.{digits - 1}e}".partition("e")[2]) - digits + 1
    return 0.5 * math.pow(10.0, place)
