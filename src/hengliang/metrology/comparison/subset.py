"""The largest set of results that agree with one another."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hengliang.metrology.arrays import Booleans, Floats
from hengliang.metrology.comparison.classical import consistency_limit, weigh, weighted_mean
from hengliang.metrology.comparison.errors import TooManyResults
from hengliang.metrology.comparison.results import ReferenceValue, Result, contributing

MOST_RESULTS = 200  # the orders of nearness grow with the square of their number, and each is as long as they are


def largest_consistent_subset(results: Sequence[Result], *, probability: float = 0.95) -> ReferenceValue:
    """Weighted mean of the largest subset that passes the chi-squared test, smallest chi-squared first.

    A diagnostic: it shows which results can't be told apart, and tends to claim too small an uncertainty when
    used as an estimator.

    Exact without listing the 2^n subsets: the best subset of each size holds the results nearest to its own
    mean in units of their uncertainty, and that order only changes where two of them are equally near.

    Raises TooManyResults, and as `contributing`.

    Source: Cox, Metrologia 44 (2007) 187.
    """
    x, u = contributing(results, "largest consistent subset")
    if len(x) > MOST_RESULTS:
        raise TooManyResults(method="largest consistent subset", most=MOST_RESULTS, n=len(x))
    keep = _largest(x, u, probability)
    names = [r.laboratory for r in results if r.included]
    outside = {name for name, kept in zip(names, keep, strict=True) if not kept}
    inside = [replace(r, included=r.included and r.laboratory not in outside) for r in results]
    found = weighted_mean(inside)
    rejected = tuple(name for name in names if name in outside)
    return replace(found, method="largest consistent subset", rejected=rejected)


def _largest(x: Floats, u: Floats, probability: float) -> Booleans:
    orders = _orders(x, u)
    for size in range(len(x), 1, -1):
        limit = consistency_limit(size, probability)
        chi2, members = min((_chi_squared(x, u, order[:size]) for order in orders), key=lambda pair: pair[0])
        if chi2 <= limit:
            return np.asarray(np.isin(np.arange(len(x)), members))
    return np.asarray(np.arange(len(x)) == int(np.argmin(u)))


def _orders(x: Floats, u: Floats) -> list[Floats]:
    """Every order of nearness to a mean m that occurs as m runs along the line."""
    i, j = np.triu_indices(len(x), 1)
    outer = (x[i] * u[j] + x[j] * u[i]) / (u[i] + u[j])
    unequal = u[i] != u[j]
    inner = (x[i] * u[j] - x[j] * u[i])[unequal] / (u[j] - u[i])[unequal]
    cuts = np.unique(np.concatenate([outer, inner, [x.min(), x.max()]]))
    cuts = cuts[(cuts >= x.min()) & (cuts <= x.max())]
    means = np.concatenate([cuts, (cuts[:-1] + cuts[1:]) / 2])
    ranked = np.argsort(np.abs(x[None, :] - means[:, None]) / u[None, :], axis=1, kind="stable")
    return list(np.unique(ranked, axis=0))


def _chi_squared(x: Floats, u: Floats, members: Floats) -> tuple[float, Floats]:
    mean, _ = weigh(x[members], u[members])
    return float(np.sum(np.square((x[members] - mean) / u[members]))), members
