"""From the data of a node to the columns of its linear model, and the covariance of its periods."""

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.calendar import Weeks
from hengliang.metrology.balance.node import NodeData
from hengliang.metrology.balance.whitening import Whitening

LOSS = "loss:"


def design(data: NodeData) -> Floats:
    """(T, n + 1) signed increments of the meters while they hung here, then the inflow less the members' sum."""
    out = np.empty((data.periods, len(data.meters) + 1))
    signs = np.array([meter.sign for meter in data.meters], dtype=float)
    np.multiply(data.increments.T, signs, out=out[:, :-1])
    for j, (first, past) in enumerate(data.covered):
        out[:first, j] = out[past:, j] = 0.0
    members = np.array([meter.member for meter in data.meters], dtype=float)
    out[:, -1] = (0.0 if data.inflow is None else data.inflow) - out[:, :-1] @ members
    return out


def covariance(data: NodeData, whitening: Whitening) -> tuple[Floats, Floats]:
    """(T,) variance of each period and (T,) covariance with the one before."""
    boundary = data.boundary_variance + whitening.boundary
    before = -boundary[:-1].copy()
    before[0] = 0.0
    return own_variance(data, whitening) + data.period_variance + boundary[:-1] + boundary[1:], before


def own_variance(data: NodeData, whitening: Whitening) -> Floats:
    """(T,) variance of each period that neither registers nor gaps explain."""
    varying = next((term.values for term in data.losses if term.varying), np.zeros(data.periods))
    return np.asarray(whitening.white + whitening.load * varying**2)


def columns(data: NodeData, grid: Weeks) -> tuple[Floats, Floats]:
    """(weeks, per week, m + 1) columns of every week, residual last; (weeks, m) their sums."""
    within, laid = grid.within(), grid.grid(design(data))
    parts = [laid[:, :, :-1]]
    for term in data.losses:
        values = grid.grid(term.values)
        shapes = (1.0 - within, within) if term.varying else (np.ones_like(within),)
        parts += [(values * shape)[:, :, None] for shape in shapes]
    laid_out = np.concatenate([*parts, laid[:, :, -1:]], axis=2)
    return laid_out, laid_out[:, :, :-1].sum(axis=1)


def names(data: NodeData, grid: Weeks) -> list[tuple[str, ...]]:
    """Of each week, the names of the columns that `columns` gives but the residual: meters, then terms of loss."""
    meters = tuple(meter.id for meter in data.meters)
    return [
        meters + tuple(name for term in data.losses for name in _knots(term.name, term.varying, grid.first + w))
        for w in range(grid.count)
    ]


def _knots(name: str, varying: bool, week: int) -> tuple[str, ...]:
    return (f"{LOSS}{name}@{week}", f"{LOSS}{name}@{week + 1}") if varying else (LOSS + name,)


def loss_columns(data: NodeData, grid: Weeks) -> Floats:
    """(T, p) loss terms of the whole span, a varying one with a column per knot."""
    out = []
    hat = (np.arange(data.periods) + grid.lead + 0.5) / grid.per_week
    for term in data.losses:
        knots = np.arange(grid.count + 1) if term.varying else np.zeros(1)
        shape = np.maximum(0.0, 1.0 - np.abs(hat[:, None] - knots)) if term.varying else np.ones((data.periods, 1))
        out.append(term.values[:, None] * shape)
    return np.concatenate(out, axis=1) if out else np.empty((data.periods, 0))
