"""Meters whose error grows: what the weeks say of a drift, and the kinds of meters with it.

A worn meter is either off all the time or has been getting worse from healthy on, and then its weeks differ. The
difference is evidence of its own: it makes the kind more or less likely, and sharpens the mean error of those that
drift. All other meters are held constant meanwhile, which is right as long as few drift.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.calibration import scores
from hengliang.metrology.balance.normal import Normal, add_week
from hengliang.metrology.balance.propagation import Posterior
from hengliang.metrology.balance.slab import Tilted

DRIFTING = 0.5  # of the worn; the data move it meter by meter
FEWEST_WEEKS = 3
LEAST_LEFT = 1e-3  # of a drift's own information, when all others could imitate it
SLOPE = 2.0  # a drift from nothing has twice its mean at the end


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """What the data say of level m and slope s of each meter by itself: -(m, s) P (m, s)ᵀ / 2 + (m, s) h."""

    level: Floats
    """(n,) of P."""
    cross: Floats
    slope: Floats
    level_score: Floats
    """(n,) of h."""
    slope_score: Floats


def trend_of(normal: Normal, posterior: Posterior, covariance: Floats) -> Trend | None:
    """Level and slope over the weeks, from the end of the span back to its beginning one apart; None for few weeks.

    covariance : (n, n) of the joint normal
    The slope is that of the part of a meter's load which the losses do not imitate: other meters' drifts look like a
    loss that changes, and would else be taken for this one's.

    Source: score of an added regressor, Rao, Proc. Camb. Phil. Soc. 44 (1948) 50.
    """
    weeks, n = len(normal.weeks), len(posterior.mean)
    if weeks < FEWEST_WEEKS:
        return None
    along = (np.arange(weeks) + 0.5) / weeks - 0.5
    lost = normal.loss_map[:, 1:]
    first, second = (_weighted(normal, weight) for weight in (along, along**2))
    mine = first[:n] + lost.T @ first[n:]
    row, rest = mine[:, :n] + mine[:, n:] @ lost, mine[:, n:]
    twice = second[:n] + lost.T @ second[n:]
    own = twice[:, :n].diagonal() + np.einsum("ij,ji->i", twice[:, n:], lost)
    own = own - np.einsum("ij,jk,ik->i", rest, normal.loss_inverse, rest, optimize=True)
    moved = row @ covariance / posterior.sigma2
    taken = np.einsum("ij,ij->i", moved, row)
    told = np.maximum(own - taken, LEAST_LEFT * np.maximum(own, np.finfo(float).tiny)) / posterior.sigma2
    pull, variance = moved.diagonal(), covariance.diagonal()
    cross, precision = pull / variance, 1.0 / posterior.cavity_variance
    score = scores(normal, posterior.mean) @ along / posterior.sigma2
    return Trend(
        precision, cross, told + pull * cross, posterior.cavity_mean * precision, cross * posterior.mean + score
    )


def _weighted(normal: Normal, weight: Floats) -> Floats:
    """(m, m) sums of the weeks, each times its weight."""
    m = len(normal.loss_map) + normal.loss_map.shape[1] - 1
    out = np.zeros((m, m))
    for w, part in enumerate(normal.weeks):
        add_week(out, part, float(weight[w]))
        out[part.place, part.place] -= weight[w] * part.own
    return out


def with_drift(posterior: Posterior, trend: Trend) -> Tilted:
    """The marginals of the mean error with a fourth kind: worn, and drifting from the healthy mean on."""
    share, centre, spread = posterior.prior.kinds()
    healthy = posterior.prior.mean
    share = np.array([share[0], (1.0 - DRIFTING) * share[1], share[2], DRIFTING * share[1]])
    centre, spread = np.append(centre, healthy), np.append(spread, spread[1])
    precision = np.repeat(trend.level[:, None], len(share), axis=1)
    score = np.repeat(trend.level_score[:, None], len(share), axis=1)
    precision[:, 3] += 2.0 * SLOPE * trend.cross + SLOPE**2 * trend.slope
    score[:, 3] += SLOPE * trend.slope_score + healthy * SLOPE * (trend.cross + SLOPE * trend.slope)
    from_healthy = -healthy * SLOPE * (trend.slope_score + healthy * SLOPE * trend.slope / 2.0)
    whole = precision + 1.0 / spread
    mean = (score + centre / spread) / whole
    weight = np.log(share) - 0.5 * np.log1p(precision * spread) + 0.5 * (mean**2 * whole - centre**2 / spread)
    weight[:, 3] += from_healthy
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    return Tilted(weight / weight.sum(axis=1, keepdims=True), mean, 1.0 / whole)
