"""Holding the variance that the fit claims against the scatter between weeks.

Loss that wanders, customers' habits and clocks leave residuals that hang together over hours; then more periods do
not help as much as the fit believes. Weeks are nearly independent: the sum of their scores, each by itself, shows
by how much the variance must be inflated.

Source: Liang and Zeger, Biometrika 73 (1986) 13 (sandwich variance over clusters), pooled over the meters.
"""

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.normal import Normal

WEEKS_OF_FAITH = 4.0  # weeks that the unit factor is worth, so that few weeks can't mislead (our choice)
FEWEST_WEEKS = 3


def inflation(normal: Normal, mean: Floats, covariance: Floats, precision: Floats, sigma2: float) -> float:
    """Factor, at least 1, by which the noise variance must be taken larger.

    mean, covariance : of the posterior of δ with noise variance `sigma2` and prior precisions (n,) `precision`
    """
    weeks = len(normal.weeks)
    if weeks < FEWEST_WEEKS:
        return 1.0
    moved = covariance @ scores(normal, mean) / sigma2
    seen = (moved**2).sum(axis=1) * weeks / (weeks - 1.0)
    believed = covariance.diagonal() - (covariance**2) @ precision
    ratio = float(np.mean(seen / np.maximum(believed, np.finfo(float).tiny)))
    return max(1.0, ((weeks - 1.0) * ratio + WEEKS_OF_FAITH) / (weeks - 1.0 + WEEKS_OF_FAITH))


def scores(normal: Normal, mean: Floats) -> Floats:
    """(n, weeks) score of each week for δ, losses projected out, at the posterior mean."""
    n = len(mean)
    full = np.concatenate([mean, normal.loss_map @ np.concatenate([[1.0], mean])])
    out = np.zeros((len(full), len(normal.weeks)))
    for w, part in enumerate(normal.weeks):
        out[part.place, w] = part.score(full)
    return np.asarray(out[:n] + normal.loss_map[:, 1:].T @ out[n:])
