"""Bulk-trade metering points: the combined error of transformers and meter, and main held against check set.

Source: DL/T 448-2016, 6.4; JJG 1085 and DL/T 1664 for the parts: combined error of a metering point =
meter + transformers' ratio errors + their phase displacements times tan(phi) + drop in the voltage leads.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike
from hengliang.metrology.balance.errors import BadShape, TooFewTests
from hengliang.metrology.balance.verdict import Reason, State

MINUTE = float(np.pi) / (180 * 60)  # of arc, in radians
FEWEST = 10  # periods that a comparison needs before its scatter is believed
COVERAGE = 2  # JJF 1059.1-2012, 5.3: k = 2
FALSE_ALARM = 0.01  # of a drift between halves, our choice


@dataclass(frozen=True, slots=True)
class MeteringPoint:
    """One set of transformers and meter; errors as fractions, displacements in minutes."""

    meter: float = 0.0
    ratio_current: float = 0.0
    ratio_voltage: float = 0.0
    phase_current: float = 0.0
    """Positive: secondary current leads [']."""
    phase_voltage: float = 0.0
    """Positive: secondary voltage leads [']."""
    lead_drop: float = 0.0
    """Error by the drop in the voltage leads, usually negative."""
    uncertainty: float = 0.0
    """Standard uncertainty of all of these together [fraction]."""

    def combined_error(self, tan_phi: float) -> float:
        """Error of the energy that the point indicates, at a load of that ratio of reactive to active power.

        >>> round(MeteringPoint(phase_current=10.0).combined_error(0.75), 5)
        -0.00218
        """
        displaced = (self.phase_voltage - self.phase_current) * MINUTE * tan_phi
        return self.meter + self.ratio_current + self.ratio_voltage + displaced + self.lead_drop


@dataclass(frozen=True, slots=True)
class Comparison:
    """Main set against check set."""

    state: State
    reason: Reason
    difference: float
    """(main - check) / check over the whole span, known errors of both taken off [fraction]."""
    u: float
    """Standard uncertainty of the difference [fraction]."""
    drift: float
    """Difference in the second half less that in the first [fraction]."""
    p_drift: float
    """Probability of such a drift by chance."""


def compare_main_check(
    main: ArrayLike, check: ArrayLike, *, points: tuple[MeteringPoint, MeteringPoint], limit: float,
    tan_phi: float, resolution: tuple[float, float],
) -> Comparison:  # fmt: skip
    """Whether the main set of a metering point agrees with the check set.

    main, check : (T,) energy of each period, same unit; points : what is known of main and check;
    limit : largest allowed |difference| [fraction]; resolution : smallest step of each register [unit]

    Raises BadShape, TooFewTests.
    """
    from scipy.stats import t as student

    first, second = np.asarray(main, dtype=float), np.asarray(check, dtype=float)
    if first.shape != second.shape:
        raise BadShape(node="of main and check", what="check", shape=second.shape, expected=first.shape)
    both = np.isfinite(first) & np.isfinite(second)
    if int(both.sum()) < FEWEST:
        raise TooFewTests(n=int(both.sum()), needed=FEWEST)
    a = first[both] / (1.0 + points[0].combined_error(tan_phi))
    b = second[both] / (1.0 + points[1].combined_error(tan_phi))
    if not b.sum() > 0.0:
        return Comparison("undeterminable", Reason("no_energy"), 0.0, 0.0, 0.0, 1.0)
    difference = float(a.sum() / b.sum() - 1.0)
    scatter = float((a - b * (1.0 + difference)).std(ddof=1) * np.sqrt(len(a)) / b.sum())
    rounding = float(np.sqrt(sum(r**2 for r in resolution) / 6.0) / b.sum())
    known = float(np.hypot(points[0].uncertainty, points[1].uncertainty))
    u = float(np.sqrt(scatter**2 + rounding**2 + known**2))
    half = len(a) // 2
    drift = float(a[half:].sum() / b[half:].sum() - a[:half].sum() / b[:half].sum())
    p_drift = float(2.0 * student.sf(abs(drift) / max(2.0 * scatter, np.finfo(float).tiny), len(a) - 2))
    state, reason = _state(difference, u, limit, drift, p_drift)
    return Comparison(state, reason, difference, u, drift, p_drift)


def _state(difference: float, u: float, limit: float, drift: float, p_drift: float) -> tuple[State, Reason]:
    params = {"difference": difference, "reach": COVERAGE * u, "limit": limit}
    if COVERAGE * u > limit:
        return "undeterminable", Reason("check_too_uncertain", params)
    if abs(difference) - COVERAGE * u > limit:
        return "suspect", Reason("check_disagrees", params)
    if p_drift < FALSE_ALARM and abs(drift) > limit / 2.0:
        return "suspect", Reason("check_drifts", {"drift": drift, "probability": p_drift})
    if abs(difference) + COVERAGE * u > limit:
        return "undeterminable", Reason("check_undecided", params)
    return "good", Reason("check_agrees", params)
