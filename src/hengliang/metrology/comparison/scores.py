"""Performance scores of a laboratory against a reference value."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from hengliang.metrology.comparison.errors import require

_NEGLIGIBLE_U = 0.3  # ISO 13528:2022, 9.2.1

Verdict = Literal["satisfactory", "questionable", "unsatisfactory"]


@dataclass(frozen=True, slots=True)
class Score:
    """A score with the verdict that its document draws from it."""

    kind: str
    value: float
    verdict: Verdict
    source: str


def en(x: float, expanded_u: float, reference: float, expanded_u_reference: float) -> Score:
    """Normalised deviation E_n = (x - X) / sqrt(U^2 + U_ref^2); satisfactory when |E_n| <= 1.

    U and U_ref are expanded with one coverage factor (k = 2) and independent of each other.

    Source: JJF 1117-2010 (归一化偏差); ISO 13528:2022, 9.7.

    >>> en(10.2, 0.3, 10.0, 0.4).verdict
    'satisfactory'
    """
    require.finite(x=x, reference=reference)
    require.not_negative(expanded_u=expanded_u, expanded_u_reference=expanded_u_reference)
    scale = float(np.hypot(expanded_u, expanded_u_reference))
    require.positive(both_uncertainties_together=scale)
    value = (x - reference) / scale
    return Score("En", value, _within_one(value), "JJF 1117-2010; ISO 13528:2022, 9.7")


def z(x: float, reference: float, sd: float) -> Score:
    """z = (x - X) / sigma_pt, sigma_pt the standard deviation for proficiency assessment.

    Source: ISO 13528:2022, 9.4.
    """
    require.finite(x=x, reference=reference)
    require.positive(sd=sd)
    return _three_way("z", (x - reference) / sd, "ISO 13528:2022, 9.4")


def z_prime(x: float, reference: float, sd: float, u_reference: float) -> Score:
    """z' = (x - X) / sqrt(sigma_pt^2 + u^2(X)), for when u(X) > 0.3 sigma_pt.

    Source: ISO 13528:2022, 9.5.
    """
    require.finite(x=x, reference=reference)
    require.positive(sd=sd)
    require.not_negative(u_reference=u_reference)
    return _three_way("z'", (x - reference) / float(np.hypot(sd, u_reference)), "ISO 13528:2022, 9.5")


def zeta(x: float, u: float, reference: float, u_reference: float) -> Score:
    """zeta = (x - X) / sqrt(u^2 + u^2(X)), with standard uncertainties.

    Source: ISO 13528:2022, 9.6.
    """
    require.finite(x=x, reference=reference)
    require.not_negative(u=u, u_reference=u_reference)
    scale = float(np.hypot(u, u_reference))
    require.positive(both_uncertainties_together=scale)
    return _three_way("zeta", (x - reference) / scale, "ISO 13528:2022, 9.6")


def e_z(x: float, expanded_u: float, reference: float, expanded_u_reference: float) -> tuple[Score, Score]:
    """E_z against both ends, (x - (X - U_ref)) / U and (x - (X + U_ref)) / U: fit when both lie in [-1, 1].

    Source: ISO 13528:2005, 7.6.
    """
    require.finite(x=x, reference=reference)
    require.positive(expanded_u=expanded_u)
    require.not_negative(expanded_u_reference=expanded_u_reference)
    low = (x - (reference - expanded_u_reference)) / expanded_u
    high = (x - (reference + expanded_u_reference)) / expanded_u
    source = "ISO 13528:2005, 7.6"
    return Score("Ez-", low, _within_one(low), source), Score("Ez+", high, _within_one(high), source)


def needs_z_prime(sd: float, u_reference: float) -> bool:
    """Whether the reference value is too uncertain for plain z scores: u(X) > 0.3 sigma_pt.

    Source: ISO 13528:2022, 9.2.1.
    """
    require.positive(sd=sd)
    require.not_negative(u_reference=u_reference)
    return u_reference > _NEGLIGIBLE_U * sd


def _within_one(value: float) -> Verdict:
    return "satisfactory" if abs(value) <= 1.0 else "unsatisfactory"


def _three_way(kind: str, value: float, source: str) -> Score:
    size = abs(value)
    verdict: Verdict = "satisfactory" if size <= 2 else "questionable" if size < 3 else "unsatisfactory"
    return Score(kind, value, verdict, source)
