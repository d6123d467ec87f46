"""How noisy a node is: a first fit, whose residuals tell what scatters always, with the load, and at the boundaries."""

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.calendar import weeks_of
from hengliang.metrology.balance.design import design, loss_columns
from hengliang.metrology.balance.node import NodeData
from hengliang.metrology.balance.whitening import Whitening

RATIOS = np.logspace(-9.0, 3.0, 49)  # prior over noise variance that the first fit tries; our choice, flat between
LEAST_SHARE = 1e-3  # of the residual variance stays white, so that no period becomes certain
LEAST_SCATTER = 5e-4  # of the mean inflow: random part of a class 0.5S master; a balance is never better than this


def choose_whitening(data: NodeData) -> Whitening:
    """Variances that fit the residuals of a first, ridge-like fit of this node by their moments.

    The square of a residual is regressed on one and on the squared first varying loss; the product of neighbours
    tells what stands at their boundary with opposite signs.
    """
    if data.inflow is None or data.periods < len(data.losses) + 3:
        return Whitening(1.0)
    residual = _first_residual(data)
    known = data.boundary_variance[:-1] + data.boundary_variance[1:] + data.period_variance
    trust = 1.0 / (known + float(np.median(residual**2))) ** 2
    shared = trust[1:] * trust[:-1]
    excess = residual[1:] * residual[:-1] + data.boundary_variance[1:-1]
    boundary = max(0.0, -float((excess * np.sqrt(shared)).sum() / np.sqrt(shared).sum()))
    left = residual**2 - known - 2.0 * boundary
    white, load = _split(left, next((t.values for t in data.losses if t.varying), None), trust)
    level = float((residual**2 * trust).sum() / trust.sum())
    least = max(LEAST_SHARE * level, (LEAST_SCATTER * float(np.mean(np.abs(data.inflow)))) ** 2)
    return Whitening(max(white, least), load, boundary)


def _split(left: Floats, varying: Floats | None, trust: Floats) -> tuple[float, float]:
    """Non-negative (white, load) with left ≈ white + load * varying², uncertain periods counting less."""
    mean = max(float((left * trust).sum() / trust.sum()), 0.0)
    if varying is None or not np.any(varying):
        return mean, 0.0
    square = varying**2
    weight = np.sqrt(trust) / (square + square.mean())
    columns = np.column_stack([weight, square * weight])
    white, load = np.linalg.lstsq(columns, left * weight, rcond=None)[0].tolist()
    if load <= 0.0:
        return mean, 0.0
    if white <= 0.0:
        return 0.0, max(float((left * square * weight**2).sum() / (columns[:, 1] ** 2).sum()), 0.0)
    return white, load


def _first_residual(data: NodeData) -> Floats:
    """(T,) residuals of the fit of greatest marginal likelihood, scaled up for what the fit has absorbed."""
    both = design(data)
    losses = loss_columns(data, weeks_of(data.start, data.period, data.periods))
    if losses.shape[1]:
        basis = np.linalg.svd(losses, full_matrices=False)
        q = basis.U[:, basis.S[0] * np.finfo(float).eps * len(losses) < basis.S]
        both -= q @ (q.T @ both)
        lost = q.shape[1]
    else:
        lost = 0
    x, r = both[:, :-1], both[:, -1]
    values, vectors = np.linalg.eigh(x.T @ x)
    values = np.maximum(values, 0.0)
    moment = vectors.T @ (x.T @ r)
    ratio = _best_ratio(values, moment, float(r @ r), len(r) - lost)
    shrunk = moment * ratio / (1.0 + ratio * values)
    used = float((ratio * values / (1.0 + ratio * values)).sum()) + lost
    return np.asarray((r - x @ (vectors @ shrunk)) * np.sqrt(len(r) / max(len(r) - used, 1.0)))


def _best_ratio(values: Floats, moment: Floats, square: float, free: int) -> float:
    """The ratio of prior to noise variance of greatest restricted likelihood."""
    scale = float(values.mean()) or 1.0
    ratios = RATIOS / scale
    denominators = 1.0 + ratios[:, None] * values
    rest = square - (ratios[:, None] * moment**2 / denominators).sum(axis=1)
    score = -free * np.log(np.maximum(rest, np.finfo(float).tiny)) - np.log(denominators).sum(axis=1)
    return float(ratios[int(np.argmax(score))])
