"""Coverage factors k for a coverage probability p."""

import math

from hengliang.metrology.uncertainty.errors import InputError


def k_normal(p: float) -> float:
    """k of the normal distribution. Source: JCGM 100:2008, Table G.1.

    >>> round(k_normal(0.95), 2)
    1.96
    """
    from statistics import NormalDist  # drags in random and decimal, which most callers never need

    return NormalDist().inv_cdf((1 + require_probability(p)) / 2)


def k_student(p: float, dof: float, *, truncate: bool = True) -> float:
    """k of the t-distribution with `dof` degrees of freedom, truncated to an integer as the norms advise.

    Source: JCGM 100:2008, G.4.1 (note 1) and Table G.2; JJF 1059.1-2012, 4.5.3.2.

    >>> round(k_student(0.99, 16.7), 2)
    2.92
    """
    require_probability(p)
    if not dof > 0:
        raise InputError(name="dof", reason=f"degrees of freedom must be positive, got {dof}")
    if math.isinf(dof):
        return k_normal(p)
    from scipy.special import stdtrit

    # Within rounding of an integer counts as that integer: 4 readings give 3, not 2.9999999999999996.
    whole = max(1, math.floor(dof * (1 + 1e-12)))
    return float(stdtrit(whole if truncate else dof, (1 + p) / 2))


def k_trapezoidal(p: float, beta: float) -> float:
    """k of a trapezoidal distribution whose top is `beta` times its base (0: triangular, 1: rectangular).

    Source: EA-4/02 M:2022, S10.13; JJF 1059.1-2012, Table 3 for p = 1.

    >>> round(k_trapezoidal(0.95, 1 / 3), 2)
    1.83
    """
    require_probability(p, one_allowed=True)
    if not 0 <= beta <= 1:
        raise InputError(name="beta", reason=f"the top is 0 to 1 times the base, got {beta}")
    scale = math.sqrt((1 + beta**2) / 6)
    if p <= 2 * beta / (1 + beta):
        return p * (1 + beta) / 2 / scale
    return (1 - math.sqrt((1 - p) * (1 - beta**2))) / scale


def k_rectangular(p: float) -> float:
    """k of a rectangular distribution, p √3. Source: EA-4/02 M:2022, S9.14.

    >>> round(k_rectangular(0.95), 2)
    1.65
    """
    return k_trapezoidal(p, 1.0)


def k_arcsine(p: float) -> float:
    """k of an arc sine distribution, √2 sin(π p/2).

    >>> round(k_arcsine(1.0), 4)
    1.4142
    """
    return math.sqrt(2) * math.sin(math.pi * require_probability(p, one_allowed=True) / 2)


def require_probability(p: float, *, one_allowed: bool = False) -> float:
    """`p` itself; raises InputError unless it lies between 0 and 1.

    Source: JCGM 100:2008, 6.2.2 (a coverage probability).
    """
    if not (0 < p < 1 or (one_allowed and p == 1)):
        raise InputError(name="p", reason=f"a coverage probability lies between 0 and 1, got {p}")
    return p
