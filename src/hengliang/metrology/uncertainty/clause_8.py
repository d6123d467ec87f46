"""Whether the law of propagation may be trusted for a model: its interval against that of Monte Carlo.

Source: JCGM 101:2008, clause 8; JJF 1059.2-2012, 4.6.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.draws import Sampler
from hengliang.metrology.uncertainty.interval import Kind, numerical_tolerance
from hengliang.metrology.uncertainty.monte_carlo import MOST_TRIALS, MonteCarlo, adaptive

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict of clause 8: valid when both ends of the interval agree within the tolerance.

    interval, monte_carlo_interval : y ± U_p of the law of propagation, and the ends from the draws
    d_low, d_high : absolute differences of the ends [unit of the output]
    tolerance : numerical tolerance δ of u(y) for the digits asked for
    p : coverage probability of both intervals
    """

    valid: bool
    interval: tuple[float, float]
    monte_carlo_interval: tuple[float, float]
    d_low: float
    d_high: float
    tolerance: float
    monte_carlo: MonteCarlo
    p: float


def compare(
    sampler: Sampler,
    interval: tuple[float, float],
    *,
    u: float,
    digits: int,
    p: float,
    kind: Kind,
    most_trials: int = MOST_TRIALS,
) -> Comparison:
    """Compare an interval, claimed for probability `p` with standard uncertainty `u`, with Monte Carlo.

    The draws go on until they are stable to a fifth of the tolerance. Source: JCGM 101:2008, 8.1 and 8.2.
    """
    tolerance = numerical_tolerance(u, digits)

    def within(spread: Floats) -> Floats:
        """A fifth of each output's numerical tolerance."""
        # u = 0 (a flat model at its estimates) has no digits; the draws' own u must do.
        return np.array([(tolerance or numerical_tolerance(x, digits)) / 5 for x in spread])

    drawn = adaptive(sampler, p=p, kind=kind, tolerance=within, most_trials=most_trials)
    ends = drawn.interval(p, kind)
    d_low, d_high = abs(interval[0] - ends[0]), abs(interval[1] - ends[1])
    valid = max(d_low, d_high) <= tolerance
    return Comparison(valid, interval, ends, d_low, d_high, tolerance, drawn, p)
