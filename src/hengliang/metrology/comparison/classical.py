"""Reference values from the pilot, the means and the median, with the chi-squared test."""

from collections.abc import Sequence

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.errors import NotConsistent, UnknownLaboratory
from hengliang.metrology.comparison.results import ReferenceValue, Result, contributing, spread_weights

_MAD_TO_U = 1.858  # Müller, J. Res. NIST 105 (2000) 551


def pilot_value(results: Sequence[Result], pilot: str) -> ReferenceValue:
    """The result of the pilot laboratory (JJF 1117-2010, reference value by the pilot).

    Raises UnknownLaboratory.
    """
    for r in results:
        if r.laboratory == pilot:
            weights = tuple(float(other is r) for other in results)
            return ReferenceValue(r.value, r.u, "pilot", weights)
    raise UnknownLaboratory(laboratory=pilot, known=", ".join(r.laboratory for r in results))


def arithmetic_mean(results: Sequence[Result]) -> ReferenceValue:
    """Unweighted mean with the standard deviation of the mean, s / sqrt(n).

    Source: JJF 1117-2010 (arithmetic mean); CCQM/13-22, 6.2.1.
    """
    x, _ = contributing(results, "mean")
    u = float(x.std(ddof=1) / np.sqrt(len(x)))
    weights = spread_weights(results, np.full(len(x), 1 / len(x)))
    return ReferenceValue(float(x.mean()), u, "mean", weights)


def median(results: Sequence[Result]) -> ReferenceValue:
    """Median with u = 1.858 MAD / sqrt(n - 1), MAD the median absolute deviation.

    Source: Müller, J. Res. NIST 105 (2000) 551; CCQM/13-22, 6.2.2.
    """
    x, _ = contributing(results, "median", least=3)
    centre = float(np.median(x))
    mad = float(np.median(np.abs(x - centre)))
    nan = tuple(float("nan") for _ in results)
    return ReferenceValue(centre, _MAD_TO_U * mad / float(np.sqrt(len(x) - 1)), "median", nan)


def weighted_mean(results: Sequence[Result], *, u_least: float = 0.0) -> ReferenceValue:
    """Mean weighted by 1/u^2, u = (sum 1/u^2)^(-1/2), with its chi-squared.

    `u_least` is the cut-off: smaller uncertainties weigh as if they were that large, and the uncertainty of
    the mean is then propagated from the real ones.

    Source: Cox, Metrologia 39 (2002) 589, 4.1 to 4.3; JJF 1117-2010.
    """
    x, u = contributing(results, "weighted mean", least=1)
    mean, weights = weigh(x, np.maximum(u, u_least))
    spread = float(np.sqrt(np.sum(np.square(weights * u))))
    chi2 = float(np.sum(np.square((x - mean) / u)))
    return ReferenceValue(mean, spread, "weighted mean", spread_weights(results, weights), chi2)


def consistency_limit(n: int, probability: float = 0.95) -> float:
    """Largest chi-squared that n results may have about their weighted mean.

    Source: Cox, Metrologia 39 (2002) 589, 4.4: Pr{chi2(n - 1) > observed} < 5 % means inconsistent.
    """
    from scipy.special import chdtri

    return float(chdtri(n - 1, 1 - probability)) if n > 1 else 0.0


def cox_a(results: Sequence[Result], *, probability: float = 0.95) -> ReferenceValue:
    """The weighted mean, only where the chi-squared test allows it (procedure A).

    Raises NotConsistent, which says to go on with procedure B.

    Source: Cox, Metrologia 39 (2002) 589, clause 5.
    """
    found = weighted_mean(results)
    limit = consistency_limit(sum(r.included for r in results), probability)
    if found.chi_squared is not None and found.chi_squared > limit:
        raise NotConsistent(chi_squared=found.chi_squared, limit=limit)
    return ReferenceValue(found.value, found.u, "Cox A", found.weights, found.chi_squared)


def birge(results: Sequence[Result]) -> ReferenceValue:
    """Weighted mean whose uncertainty is widened by the Birge ratio sqrt(chi2/(n - 1)) where that exceeds 1.

    Source: Birge, Phys. Rev. 40 (1932) 207.
    """
    found = weighted_mean(results)
    n = sum(r.included for r in results)
    ratio = float(np.sqrt((found.chi_squared or 0.0) / (n - 1))) if n > 1 else 1.0
    return ReferenceValue(found.value, found.u * max(1.0, ratio), "Birge", found.weights, found.chi_squared)


def weigh(x: Floats, u: Floats) -> tuple[float, Floats]:
    """Weighted mean and the normalised weights 1/u^2."""
    precision = 1.0 / np.square(u)
    weights = precision / precision.sum()
    return float(weights @ x), weights
