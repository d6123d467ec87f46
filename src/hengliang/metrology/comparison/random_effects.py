"""Reference values that allow for scatter between laboratories beyond their uncertainties."""

from collections.abc import Sequence

import numpy as np

from hengliang.metrology.arrays import Booleans, Floats
from hengliang.metrology.comparison.classical import weigh
from hengliang.metrology.comparison.results import ReferenceValue, Result, contributing, spread_weights

_EXTREME = 2.5  # CCRI(II), power-moderated mean: results beyond are left out


def dersimonian_laird(results: Sequence[Result]) -> ReferenceValue:
    """Random effects with the moment estimate of the variance between laboratories.

    Source: DerSimonian and Laird, Control. Clin. Trials 7 (1986) 177; CCQM/13-22, 6.2.5.
    """
    x, u = contributing(results, "DerSimonian-Laird")
    mean, _ = weigh(x, u)
    precision = 1.0 / np.square(u)
    chi2 = float(np.sum(np.square((x - mean) / u)))
    spare = precision.sum() - float(np.square(precision).sum() / precision.sum())
    between = max(0.0, (chi2 - (len(x) - 1)) / spare)
    return _random_effects(results, x, u, between, "DerSimonian-Laird", chi2)


def mandel_paule(results: Sequence[Result]) -> ReferenceValue:
    """Random effects with the variance that makes chi-squared equal n - 1.

    Source: Paule and Mandel, J. Res. NBS 87 (1982) 377; CCQM/13-22, 6.2.4.
    """
    x, u = contributing(results, "Mandel-Paule")
    mean, _ = weigh(x, u)
    chi2 = float(np.sum(np.square((x - mean) / u)))
    return _random_effects(results, x, u, between_variance(x, u), "Mandel-Paule", chi2)


def _random_effects(
    results: Sequence[Result], x: Floats, u: Floats, between: float, method: str, chi2: float
) -> ReferenceValue:
    total = np.sqrt(np.square(u) + between)
    mean, weights = weigh(x, total)
    spread = float(np.sum(total**-2.0) ** -0.5)
    return ReferenceValue(mean, spread, method, spread_weights(results, weights), chi2, float(np.sqrt(between)))


def between_variance(x: Floats, u: Floats) -> float:
    """Mandel and Paule's variance between laboratories [unit of x squared]; 0 for consistent results."""

    variance = 0.0
    while True:
        weights = 1.0 / (np.square(u) + variance)
        away = weights * np.square(x - float(weights @ x) / float(weights.sum()))
        excess, slope = float(away.sum()) - (len(x) - 1), float(weights @ away)
        # The excess falls with the variance and its curve is convex, so that Newton's steps never overshoot.
        following = variance + excess / slope if excess > 0 else variance
        if not following > variance * (1 + 1e-15):
            return variance
        variance = following


def power_moderated_mean(
    results: Sequence[Result], *, alpha: float | None = None, k: float = _EXTREME
) -> ReferenceValue:
    """The mean between weighted and unweighted that CCRI(II) uses, extreme results left out one at a time.

    alpha is the power of the uncertainties: 2 weighs as Mandel and Paule, 0 not at all; default 2 - 3/n
    (uncertainties informative but often too small). A result is extreme when it lies more than k standard
    uncertainties of its difference from the mean.

    Source: Pommé and Keightley, Metrologia 52 (2015) S200, eqs (3) to (10).
    """
    x, u = contributing(results, "power-moderated mean")
    keep = np.ones(len(x), dtype=bool)
    while True:
        mean, variance, weights, between = _moderate(x[keep], u[keep], alpha)
        worst = _most_extreme(x, keep, mean, variance, weights, k)
        if worst is None or keep.sum() <= 2:
            break
        keep[worst] = False
    share = np.zeros(len(x))
    share[keep] = weights
    names = [r.laboratory for r in results if r.included]
    rejected = tuple(name for name, kept in zip(names, keep, strict=True) if not kept)
    return ReferenceValue(
        value=mean,
        u=float(np.sqrt(variance)),
        method="power-moderated mean",
        weights=spread_weights(results, share),
        between_sd=float(np.sqrt(between)),
        rejected=rejected,
    )


def _moderate(x: Floats, u: Floats, alpha: float | None) -> tuple[float, float, Floats, float]:
    n, between = len(x), between_variance(x, u)
    power = max(0.0, 2.0 - 3.0 / n) if alpha is None else alpha
    total = np.square(u) + between
    # Characteristic variance of one result: whichever is larger, what the scatter or what the claims say.
    typical = n * max(float(x.var(ddof=1)) / n, float(1.0 / np.sum(1.0 / total)))
    precision = total ** (-power / 2) * typical ** (power / 2 - 1)
    variance = float(1.0 / precision.sum())
    weights = precision * variance
    return float(weights @ x), variance, weights, between


def _most_extreme(x: Floats, keep: Booleans, mean: float, variance: float, weights: Floats, k: float) -> int | None:
    distance = np.abs(x[keep] - mean) / np.sqrt(variance * np.maximum(1.0 / weights - 1.0, 1e-300))
    worst = int(np.argmax(distance))
    return int(np.flatnonzero(keep)[worst]) if distance[worst] > k else None
