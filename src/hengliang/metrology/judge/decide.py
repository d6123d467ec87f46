"""From a value and its limits to a verdict: simple acceptance with the U ≤ MPEV/3 condition, or guarded."""

from collections.abc import Iterable
from decimal import Decimal

from hengliang.metrology.judge.record import PointResult, Verdict

# How many times U (k = 2) goes into the limit at the least, for plain comparison. Source: JJF 1094-2002, 5.3.1.4
_LEAST_TIMES = 3


def verdict_at(value: Decimal, low: Decimal | None, high: Decimal | None) -> Verdict:
    """Pass on and inside the limits, fail outside."""
    if (low is not None and value < low) or (high is not None and value > high):
        return "fail"
    return "pass"


def suitable(expanded: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether U is small enough beside the limits to compare plainly: U ≤ MPEV/3.

    MPEV is half the width of a two-sided limit and the magnitude of a one-sided one.
    Source: JJF 1094-2002, 5.3.1.4.
    """
    if low is not None and high is not None:
        return expanded * _LEAST_TIMES * 2 <= high - low
    side = low if low is not None else high
    return side is None or expanded * _LEAST_TIMES <= abs(side)


def guarded(value: Decimal, low: Decimal | None, high: Decimal | None, expanded: Decimal) -> Verdict:
    """Pass if the value lies inside the limits by U, fail if outside by U, else indeterminate.

    Source: JCGM 106:2012, 8.3.2 (guarded acceptance, w = U) and 8.3.3 (guarded rejection);
    JJF 1094-2002, 5.3.1.5 and 5.3.1.6 (|error| ≤ MPEV − U passes, ≥ MPEV + U fails, between them 待定).
    """
    drawn_in = (None if low is None else low + expanded, None if high is None else high - expanded)
    if verdict_at(value, *drawn_in) == "pass":
        return "pass"
    outside = (low is not None and value <= low - expanded) or (high is not None and value >= high + expanded)
    return "fail" if outside else "indeterminate"


def item_verdict(points: Iterable[PointResult], failures_allowed: int) -> Verdict:
    """Fail if more points fail than allowed; else indeterminate if any point is; else pass."""
    failures = indeterminate = 0
    for point in points:
        failures += point.verdict == "fail"
        indeterminate += point.verdict == "indeterminate"
    if failures > failures_allowed:
        return "fail"
    return "indeterminate" if indeterminate else "pass"


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """The conclusion: fail if anything fails, then indeterminate, then pass.

    Where nothing was judged, nothing can be concluded: indeterminate.
    """
    found = set(verdicts)
    ranked: tuple[Verdict, ...] = ("fail", "indeterminate", "pass")
    return next((verdict for verdict in ranked if verdict in found), "indeterminate")
