"""Operating characteristics: how often a plan accepts, and how many items it takes."""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.sampling.errors import BadArgument, require, require_count
from hengliang.metrology.sampling.plans import Plan

_MOST_ITEMS = 1_000_000  # of one stage


@dataclass(frozen=True, slots=True)
class Characteristic:
    """At one quality: probability of acceptance and mean number of items inspected."""

    quality: float
    accept: float
    average_n: float


def characteristic(plan: Plan, quality: float, *, lot: int | None = None) -> Characteristic:
    """Probability of acceptance and average sample number at a share `quality` of nonconforming items.

    lot : size of the lot, for exact hypergeometric numbers of an isolated lot, with round(quality * lot)
        nonconforming items; without it the binomial of a continuing series

    Raises BadArgument.

    Source: ISO 2859-1:1999, 12.1 and clause 3.1.31; ISO 2859-2:2020 (isolated lots).
    """
    if not 0 <= quality <= 1:
        raise BadArgument(what="the quality", value=quality, wanted="a share from 0 to 1")
    if lot is not None:
        require.whole(1, lot=lot)
    for stage in plan.stages:
        require_count("the sample", stage.n, 0, _MOST_ITEMS if lot is None else min(lot, _MOST_ITEMS))
    # alive[d]: probability of being undecided with d found and `drawn` items taken.
    alive, drawn, accept, average = np.array([1.0]), 0, 0.0, 0.0
    for stage in plan.stages:
        average += stage.n * float(alive.sum())
        alive = _draw(alive, drawn, stage.n, quality, lot)
        drawn += stage.n
        counts = np.arange(len(alive))
        accepted = counts <= (-1 if stage.ac is None else stage.ac)
        accept += float(alive[accepted].sum())
        alive = np.where(accepted | (counts >= stage.re), 0.0, alive)
    return Characteristic(quality, accept, average)


def curve(plan: Plan, qualities: ArrayLike, *, lot: int | None = None) -> tuple[Characteristic, ...]:
    """The characteristic at each quality."""
    points = np.asarray(qualities, dtype=float).tolist()
    return tuple(characteristic(plan, q, lot=lot) for q in points)


def _draw(alive: Floats, drawn: int, n: int, quality: float, lot: int | None) -> Floats:
    from scipy.stats import hypergeom

    total = np.zeros(len(alive) + n)
    new = np.arange(n + 1)
    for found in np.flatnonzero(alive):
        if lot is None:
            share = _binomial(n, quality)
        else:
            left = round(quality * lot) - int(found)
            share = hypergeom.pmf(new, lot - drawn, max(left, 0), min(n, lot - drawn))
        total[found : found + n + 1] += alive[found] * share
    return total


def _binomial(n: int, quality: float) -> Floats:
    """Probabilities of 0 to n nonconforming; by logarithms, as scipy's overflows for denormal ones."""
    from scipy.special import gammaln, xlog1py, xlogy

    d = np.arange(n + 1)
    ways = gammaln(n + 1) - gammaln(d + 1) - gammaln(n - d + 1)
    return np.asarray(np.exp(ways + xlogy(d, quality) + xlog1py(n - d, -quality)))
