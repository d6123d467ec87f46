"""Decision rules: from a result with its uncertainty to pass, fail or neither, in the document's words."""

from dataclasses import dataclass
from typing import TypeAlias

from hengliang.metrology.conformity.errors import require
from hengliang.metrology.conformity.interval import Interval
from hengliang.metrology.conformity.risk import conformance_probability

_ONE_SIDED_95 = 1.65  # ISO 14253-1:2017, clause 5


@dataclass(frozen=True, slots=True)
class _Decision:
    status: str
    """The document's own word, such as "conditional pass" or 合格."""
    rule: str
    source: str
    probability: float | None = None
    """Probability that the item conforms, where the rule computes it."""


@dataclass(frozen=True, slots=True)
class Pass(_Decision):
    """Conformity is stated."""


@dataclass(frozen=True, slots=True)
class Fail(_Decision):
    """Nonconformity is stated."""


@dataclass(frozen=True, slots=True)
class Indeterminate(_Decision):
    """Neither can be stated at the confidence that the rule asks for."""


Decision: TypeAlias = Pass | Fail | Indeterminate


def simple_acceptance(y: float, u: float, tolerance: Interval) -> Decision:
    """Binary statement without guard band (shared risk): pass when y lies within the limits.

    Source: ILAC-G8:09/2019, 4.2.1; JCGM 106:2012, 8.2.
    """
    kind = Pass if y in tolerance else Fail
    status = "pass" if y in tolerance else "fail"
    return _with(kind, status, "simple acceptance", "ILAC-G8:09/2019, 4.2.1", y, u, tolerance)


def guarded_acceptance(y: float, u: float, tolerance: Interval, *, k: float = 2.0, r: float = 1.0) -> Decision:
    """Binary statement with guard band w = r U, U = k u: pass when y lies within the limits drawn in by w.

    Source: ILAC-G8:09/2019, 4.2.2 (w = r U; r = 1 keeps the specific risk below 2.5 %).
    """
    require.positive(k=k, u=u)
    require.finite(y=y, r=r)
    inside = y in tolerance.guarded(r * k * u)
    kind, status = (Pass, "pass") if inside else (Fail, "fail")
    rule = f"guarded acceptance, w = {r:g} U"
    return _with(kind, status, rule, "ILAC-G8:09/2019, 4.2.2", y, u, tolerance)


def non_binary(y: float, u: float, tolerance: Interval, *, k: float = 2.0, r: float = 1.0) -> Decision:
    """Statement with guard bands on both sides of each limit: pass, conditional pass, conditional fail, fail.

    Source: ILAC-G8:09/2019, 4.2.3.
    """
    require.positive(k=k, u=u)
    require.finite(y=y)
    require.not_negative(r=r)
    w = r * k * u
    rule, source = f"non-binary, w = {r:g} U", "ILAC-G8:09/2019, 4.2.3"
    if y in tolerance.guarded(w):
        return _with(Pass, "pass", rule, source, y, u, tolerance)
    if y not in tolerance.guarded(-w):
        return _with(Fail, "fail", rule, source, y, u, tolerance)
    status = "conditional pass" if y in tolerance else "conditional fail"
    return _with(Indeterminate, status, rule, source, y, u, tolerance)


def iso_14253(y: float, u: float, tolerance: Interval, *, z: float = _ONE_SIDED_95) -> Decision:
    """Proof of conformity when y lies inside by g = z u, of nonconformity when outside by g, else neither.

    Source: ISO 14253-1:2017, clause 5 (95 % for one limit, g = 1.65 u).
    """
    require.positive(u=u, z=z)
    require.finite(y=y)
    source = "ISO 14253-1:2017, 5"
    if y in tolerance.guarded(z * u):
        return _with(Pass, "conformity proved", f"g = {z:g} u", source, y, u, tolerance)
    if y not in tolerance.guarded(-z * u):
        return _with(Fail, "nonconformity proved", f"g = {z:g} u", source, y, u, tolerance)
    return _with(Indeterminate, "neither proved", f"g = {z:g} u", source, y, u, tolerance)


def probability_rule(y: float, u: float, tolerance: Interval, *, confidence: float = 0.95) -> Decision:
    """Pass when the item conforms with the confidence given, fail when it does not with it, else neither.

    Source: JCGM 106:2012, 8.1 and clause 7.
    """
    require.share(confidence=confidence)
    p = conformance_probability(y, u, tolerance)
    rule, source = f"p_c at least {confidence:g}", "JCGM 106:2012, 7.4"
    if p >= confidence:
        return Pass("conforms", rule, source, p)
    if p <= 1 - confidence:
        return Fail("does not conform", rule, source, p)
    return Indeterminate("undecided", rule, source, p)


def jjf_1094(error_of_indication: float, expanded_u: float, mpev: float) -> Decision:
    """Conformity of a measuring instrument with its maximum permissible error.

    With U95 <= MPEV/3 the uncertainty is neglected: |error| <= MPEV passes. Otherwise |error| <= MPEV - U95
    passes, |error| >= MPEV + U95 fails, and between the two nothing can be said (待定区).

    error_of_indication, expanded_u (k = 2), mpev > 0 : one unit

    Source: JJF 1094-2002, 5.3.1.4 to 5.3.1.6.

    >>> jjf_1094(0.9, 0.4, 1.0).status
    '待定'
    """
    require.finite(error_of_indication=error_of_indication)
    require.not_negative(expanded_u=expanded_u)
    require.positive(mpev=mpev)
    size = abs(error_of_indication)
    # 1e-12: three times a third must still count as within.
    if expanded_u <= mpev / 3 * (1 + 1e-12):
        rule, source = "U95 <= MPEV/3", "JJF 1094-2002, 5.3.1.4"
        return Pass("合格", rule, source) if size <= mpev else Fail("不合格", rule, source)
    rule = "U95 > MPEV/3"
    if size <= mpev - expanded_u:
        return Pass("合格", rule, "JJF 1094-2002, 5.3.1.5")
    if size >= mpev + expanded_u:
        return Fail("不合格", rule, "JJF 1094-2002, 5.3.1.6")
    return Indeterminate("待定", rule, "JJF 1094-2002, 5.3.1.6")


def _with(
    kind: type[Pass] | type[Fail] | type[Indeterminate],
    status: str,
    rule: str,
    source: str,
    y: float,
    u: float,
    tolerance: Interval,
) -> Decision:
    return kind(status, rule, source, conformance_probability(y, u, tolerance))
