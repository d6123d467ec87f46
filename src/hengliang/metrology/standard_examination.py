"""The figures of a measurement-standard examination: repeatability, stability, validation of results.

StandardExaminationError
├── BadNumber      a number that is none, or one that the question can't have
└── TooFewRuns     fewer runs than the document asks for
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hengliang.metrology.arguments import Require
from hengliang.metrology.conformity import Fail, Pass
from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.extended import Readings
from hengliang.metrology.regression.univariate import summarise


class StandardExaminationError(MetrologyError):
    """An examination figure that can't be computed."""


class BadNumber(StandardExaminationError):
    """A number that is none, or one that the question can't have."""

    template = "{what} is {value}; it must be {wanted}."


require = Require(BadNumber)


class TooFewRuns(StandardExaminationError):
    """Fewer runs than the document asks for."""

    template = "{what} needs at least {needed} and has {n}; measure more, or take the method for fewer."


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of the examination against its limit, in the unit of the readings."""

    observed: float
    limit: float
    decision: Pass | Fail


def repeatability(readings: Readings, s_in_budget: float, *, least: int = 10) -> Finding:
    """Standard deviation of n repeated readings against that used in the uncertainty budget.

    Fails when the new s is larger: the budget must then be evaluated anew.

    Raises TooFewRuns.

    Source: JJF 1033-2023, appendix C.1 (n at least 10, Bessel's formula).
    """
    require.positive(s_in_budget=s_in_budget)
    found = summarise(readings)
    if found.n < least:
        raise TooFewRuns(what="a repeatability test", needed=least, n=found.n)
    good = found.sd <= s_in_budget
    return _finding(found.sd, s_in_budget, good, "s not above that of the budget", "JJF 1033-2023, C.1")


def stability_of_new_standard(group_means: Sequence[float], limit: float, *, least: int = 4) -> Finding:
    """Range of the means of m groups, taken more than a month apart, against the limit.

    limit : |MPE| when the standard is used at its nominal value, U (k = 2) of its correction when used at its
        actual value

    Raises TooFewRuns.

    Source: JJF 1033-2023, appendix C.2 (new standards, m at least 4; strictly below the limit).
    """
    require.series("group means", group_means)
    require.positive(limit=limit)
    if len(group_means) < least:
        raise TooFewRuns(what="the stability of a new standard", needed=least, n=len(group_means))
    spread = max(group_means) - min(group_means)
    return _finding(spread, limit, spread < limit, "range below the limit", "JJF 1033-2023, C.2")


def stability_of_existing_standard(previous: float, current: float, limit: float) -> Finding:
    """Difference of the means of two adjacent years against the same limit as for a new standard.

    Source: JJF 1033-2023, appendix C.2 (standards in use, one group a year).
    """
    require.finite(previous=previous, current=current)
    require.positive(limit=limit)
    change = abs(current - previous)
    return _finding(change, limit, change < limit, "change below the limit", "JJF 1033-2023, C.2")


def validate_by_transfer(y: float, expanded_u: float, y_ref: float, expanded_u_ref: float) -> Finding:
    """Transfer method: |y - y_ref| <= sqrt(U^2 + U_ref^2), against a standard of a higher level.

    With U_ref <= U/3 it may be left out by giving 0.

    Source: JJF 1033-2023, appendix C.3 (传递比较法).

    >>> validate_by_transfer(200.0012, 0.0020, 200.0032, 0.0010).decision.status
    '合格'
    """
    require.finite(y=y, y_ref=y_ref)
    require.positive(expanded_u=expanded_u)
    require.not_negative(expanded_u_ref=expanded_u_ref)
    limit = math.hypot(expanded_u, expanded_u_ref)
    distance = abs(y - y_ref)
    return _finding(distance, limit, _within(distance, limit), "transfer method", "JJF 1033-2023, C.3")


def validate_by_comparison(values: Sequence[float], own: int, expanded_u: float) -> Finding:
    """Comparison method: |y - mean| <= sqrt((n - 1)/n) U among n laboratories of the same level.

    own : place of the laboratory's value in `values`. Only where the transfer method is impossible.

    Raises TooFewRuns.

    Source: JJF 1033-2023, appendix C.3 (比对法).
    """
    n = len(values)
    if n < 2:
        raise TooFewRuns(what="the comparison method", needed=2, n=n)
    require.series("values", values)
    require.positive(expanded_u=expanded_u)
    if own not in range(n):
        raise BadNumber(what="own", value=own, wanted=f"a place in the list, 0 to {n - 1}")
    limit = math.sqrt((n - 1) / n) * expanded_u
    distance = abs(values[own] - math.fsum(values) / n)
    return _finding(distance, limit, _within(distance, limit), "comparison method", "JJF 1033-2023, C.3")


def intermediate_check(y: float, expanded_u: float, y_first: float, expanded_u_first: float) -> Finding:
    """Normalised deviation of a check standard's value from its first one: |E_n| <= 1.

    Source: JJF 1033-2023, appendix on intermediate checks; CNAS-GL042.
    """
    require.finite(y=y, y_first=y_first)
    require.positive(expanded_u=expanded_u)
    require.not_negative(expanded_u_first=expanded_u_first)
    en = abs(y - y_first) / math.hypot(expanded_u, expanded_u_first)
    return _finding(en, 1.0, _within(en, 1.0), "|En| not above 1", "JJF 1033-2023, intermediate checks")


@dataclass(frozen=True, slots=True)
class CheckStandardTest:
    """F and t test of a new run of a check standard against its accepted parameters."""

    f: float
    f_limit: float
    t: float
    t_limit: float

    @property
    def in_control(self) -> bool:
        """Neither scatter nor level has changed."""
        return self.f <= self.f_limit and abs(self.t) <= self.t_limit


def check_standard_test(
    readings: Readings,
    accepted_mean: float,
    accepted_sd: float,
    degrees_of_freedom: int,
    *,
    risk: float = 0.05,
) -> CheckStandardTest:
    """F = s^2/s_p^2 (one-sided) and t = (mean - accepted)/(s_p / sqrt(n)) (two-sided).

    degrees_of_freedom : of the accepted standard deviation

    Source: NIST/SEMATECH e-Handbook, 2.3.5 (control of a calibration process by check standards).
    """
    from scipy.special import fdtri, stdtrit

    require.finite(accepted_mean=accepted_mean)
    require.positive(accepted_sd=accepted_sd, degrees_of_freedom=degrees_of_freedom)
    require.share(risk=risk)
    found = summarise(readings)
    ratio = (found.sd / accepted_sd) ** 2
    level = (found.mean - accepted_mean) / (accepted_sd / math.sqrt(found.n))
    return CheckStandardTest(
        ratio,
        float(fdtri(found.n - 1, degrees_of_freedom, 1 - risk)),
        level,
        float(stdtrit(degrees_of_freedom, 1 - risk / 2)),
    )


def _within(distance: float, limit: float) -> bool:
    # Nine digits: 10.05 - 10.00 is not quite 0.05 in binary, and the border belongs to the good side.
    return distance <= limit * (1 + 1e-9)


def _finding(observed: float, limit: float, good: bool, rule: str, source: str) -> Finding:
    kind, status = (Pass, "合格") if good else (Fail, "不合格")
    return Finding(observed, limit, kind(status, rule, source))
