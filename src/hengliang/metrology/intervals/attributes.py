"""Calibration intervals from in-tolerance and out-of-tolerance findings."""

from collections.abc import Sequence
from dataclasses import dataclass

from hengliang.metrology.intervals.errors import BadNumber, BadTarget, TooLittleHistory, require

# NCSLI RP-1:2010, method A1, and ILAC-G24:2022, method 1.
_LONGER = 0.1
_SHORTER = 0.55
_WELL_WITHIN = 0.8
_STAIR = 1.25


@dataclass(frozen=True, slots=True)
class Proposal:
    """An interval in the unit of the present one, with the reason for it."""

    interval: float
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class IntervalTest:
    """Outcome of the interval test: the proposal with what speaks for it."""

    proposal: Proposal
    observed: float
    """Share found in tolerance."""
    low: float
    high: float
    """Confidence limits of the true reliability."""
    rejection_confidence: float
    """Confidence at which the present interval is rejected as wrong for the target."""


def interval_test(
    in_tolerance: Sequence[bool], interval: float, target: float, *, confidence: float = 0.50
) -> IntervalTest:
    """Method A3: interval * 10^(C (R_obs - R_target)), C the confidence that the two differ.

    in_tolerance : findings of the calibrations at this interval
    confidence : of the limits given beside

    Raises TooLittleHistory, BadTarget.

    Source: NCSLI RP-1:2010, method A3 (interval test); JJF 1139-2005 (间隔测试法).

    >>> round(interval_test([True] * 15 + [False] * 5, 365, 0.95).proposal.interval)
    231
    """
    from scipy.special import bdtr, bdtrc, betaincinv

    _check(in_tolerance, target, "the interval test")
    require.positive(interval=interval)
    require.share(confidence=confidence)
    n, passed = len(in_tolerance), sum(in_tolerance)
    observed, tail = passed / n, (1 - confidence) / 2
    low = float(betaincinv(passed, n - passed + 1, tail)) if passed else 0.0
    high = float(betaincinv(passed + 1, n - passed, 1 - tail)) if passed < n else 1.0
    below, above = bdtr(passed, n, target), bdtrc(passed - 1, n, target) if passed else 1.0
    rejection = max(0.0, 1 - 2 * float(min(below, above)))
    changed = interval * 10 ** (rejection * (observed - target))
    word = "longer" if observed > target else "shorter"
    reason = f"{passed} of {n} in tolerance against {target:.0%}: {word}, confidence {rejection:.1%}"
    proposal = Proposal(changed, reason, "NCSLI RP-1:2010, A3; JJF 1139-2005")
    return IntervalTest(proposal, observed, low, high, rejection)


def simple_response(
    in_tolerance: Sequence[bool], interval: float, *, longer: float = _LONGER, shorter: float = _SHORTER
) -> Proposal:
    """Method A1: a finding in tolerance lengthens by the factor 1 + longer, another shortens by 1 - shorter.

    Raises TooLittleHistory, BadNumber.

    Source: NCSLI RP-1:2010, method A1; JJF 1139-2005 (固定阶梯调整法).
    """
    _check_findings(in_tolerance, "simple response")
    require.positive(interval=interval)
    require.not_negative(longer=longer)
    require.share(shorter=shorter)
    for good in in_tolerance:
        interval *= 1 + longer if good else 1 - shorter
    reason = f"{sum(in_tolerance)} of {len(in_tolerance)} in tolerance, step by step"
    return Proposal(interval, reason, "NCSLI RP-1:2010, A1; JJF 1139-2005")


def incremental_response(in_tolerance: Sequence[bool], interval: float, target: float) -> Proposal:
    """Method A2: steps that shrink each time the finding changes, so that the interval settles.

    I <- I (1 + D (1 - R)) in tolerance, I (1 - D R) otherwise; D starts at 1 and halves at each change.

    Source: NCSLI RP-1:2010, method A2; JJF 1139-2005 (增量反应调整法).
    """
    _check(in_tolerance, target, "incremental response")
    require.positive(interval=interval)
    step = 1.0
    for i, good in enumerate(in_tolerance):
        if i and good != in_tolerance[i - 1]:
            step /= 2
        interval *= 1 + step * (1 - target) if good else 1 - step * target
    return Proposal(interval, f"step now {step:g}", "NCSLI RP-1:2010, A2; JJF 1139-2005")


def staircase(
    errors: Sequence[float], mpe: float, interval: float, *, share: float = _WELL_WITHIN, factor: float = _STAIR
) -> Proposal:
    """Staircase: lengthen when the last error lies within `share` of the mpe, shorten when beyond the mpe.

    Raises TooLittleHistory.

    Source: ILAC-G24:2022 / OIML D 10:2022, method 1 (staircase, calendar time).
    """
    require.positive(mpe=mpe, interval=interval, share=share, factor=factor)
    require.series("errors", errors)
    if not len(errors):
        raise TooLittleHistory(method="the staircase", needed=1, n=0)
    size = abs(errors[-1]) / mpe
    source = "ILAC-G24:2022, method 1"
    if size > 1:
        return Proposal(interval / factor, f"last error {size:.0%} of the mpe: shorter", source)
    if size <= share:
        return Proposal(interval * factor, f"last error {size:.0%} of the mpe: longer", source)
    return Proposal(interval, f"last error {size:.0%} of the mpe: keep", source)


def in_use_time(interval_hours: float, hours_per_day: float, *, longest_days: float) -> Proposal:
    """Calendar days until the hours of use are reached, never more than `longest_days`.

    Source: ILAC-G24:2022 / OIML D 10:2022, method 3 (in-use time).
    """
    require.positive(interval_hours=interval_hours, longest_days=longest_days)
    require.not_negative(hours_per_day=hours_per_day)
    days = min(interval_hours / hours_per_day, longest_days) if hours_per_day > 0 else longest_days
    return Proposal(days, f"{interval_hours:g} h at {hours_per_day:g} h a day", "ILAC-G24:2022, method 3")


def black_box(check_error: float, alert_limit: float, interval: float) -> Proposal:
    """Calibrate now when a check in service passes the alert limit, else keep the interval.

    Source: ILAC-G24:2022 / OIML D 10:2022, method 4 (in-service checking, "black box" testing).
    """
    require.finite(check_error=check_error)
    require.positive(alert_limit=alert_limit, interval=interval)
    now = abs(check_error) > alert_limit
    reason = "check beyond the alert limit: calibrate now" if now else "check within the alert limit"
    return Proposal(0.0 if now else interval, reason, "ILAC-G24:2022, method 4")


def _check(history: Sequence[bool], target: float, method: str) -> None:
    if not 0 < target < 1:
        raise BadTarget(target=target)
    _check_findings(history, method)


def _check_findings(history: Sequence[bool], method: str) -> None:
    if not len(history):
        raise TooLittleHistory(method=method, needed=1, n=0)
    for number, good in enumerate(history, start=1):
        if good not in (True, False):
            raise BadNumber(what=f"finding {number}", value=repr(good)[:60], wanted="true or false")
