"""Sufficient statistics of a node: all that its verdict needs, added up by week, without the readings.

Weeks begin on Monday 00:00 local time of the node's clock offset and are whitened each by itself, so statistics
of different weeks add exactly; a late correction recomputes one week.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.calendar import Weeks, weeks_of
from hengliang.metrology.balance.design import columns, covariance, names, own_variance
from hengliang.metrology.balance.errors import MixedStatistics
from hengliang.metrology.balance.gaps import clocks
from hengliang.metrology.balance.node import Gauge, Meter, NodeData
from hengliang.metrology.balance.noise import choose_whitening
from hengliang.metrology.balance.whitening import Factor, Whitening, factor, period_norms, register_norms, whiten


@dataclass(frozen=True, slots=True, eq=False)
class WeekStatistics:
    """One week of a node, whitened and added up."""

    week: int
    """Weeks since Monday 1970-01-05."""
    columns: tuple[str, ...]
    """Names of the columns: meter ids, then loss terms ("loss:<name>" or "loss:<name>@<knot week>")."""
    gram: Floats
    """(m, m) XᵀX of whitened columns."""
    moment: Floats
    """(m,) Xᵀr of the whitened residual inflow - sum of members."""
    square: float
    """rᵀr."""
    trace: float
    """Trace of the covariance of a register with unit variance at each boundary, whitened: what a column's own
    rounding adds to its square."""
    periods: int
    counted: Floats
    """(m,) sum of each column before whitening."""
    guessed: Floats
    """(m,) what guessed divisions add to the square of each whitened column."""
    inflow: float
    scatter: float
    """Sum over the periods of the variance that is not of registers, as the whitening assumes it [unit squared]."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeStatistics:
    """All weeks of a node, with what describes it."""

    node: str
    domain: str
    period: int
    meters: tuple[Meter, ...]
    gauge: Gauge
    whitening: Whitening
    missing: tuple[float, ...]
    """Per meter: share of missing readings."""
    inflow_missing: float
    weeks: tuple[WeekStatistics, ...]


def statistics(data: NodeData, whitening: Whitening | None = None) -> NodeStatistics:
    """The statistics of all weeks that `data` touches; none where there is no master.

    whitening : as chosen earlier for this node; None: chosen from these data
    """
    chosen = whitening or choose_whitening(data)
    return NodeStatistics(
        data.node,
        data.domain,
        data.period,
        data.meters,
        data.gauge,
        chosen,
        tuple(data.missing.tolist()),
        1.0 if data.inflow is None else data.inflow_missing,
        _weeks(data, chosen) if data.inflow is not None else (),
    )


def merge(parts: Sequence[NodeStatistics]) -> NodeStatistics:
    """Statistics of one node over different weeks as one.

    Shares of missing readings are weighed by the periods of each part. Raises MixedStatistics.
    """
    first = parts[0]
    for what in ("node", "domain", "period", "gauge", "whitening"):
        if any(getattr(part, what) != getattr(first, what) for part in parts):
            raise MixedStatistics(node=first.node, what=what)
    weeks = sorted((week for part in parts for week in part.weeks), key=lambda w: w.week)
    if len({week.week for week in weeks}) != len(weeks):
        raise MixedStatistics(node=first.node, what="weeks that stand in both")
    meters = {meter.id: meter for part in parts for meter in part.meters}
    missing, inflow = _missing(parts, tuple(meters))
    return replace(first, meters=tuple(meters.values()), missing=missing, inflow_missing=inflow, weeks=tuple(weeks))


def without_weeks(statistics: NodeStatistics, weeks: Collection[int]) -> NodeStatistics:
    """All but some weeks, whose readings were corrected."""
    return replace(statistics, weeks=tuple(w for w in statistics.weeks if w.week not in weeks))


def between(statistics: NodeStatistics, first: int, last: int) -> NodeStatistics:
    """Only the weeks from `first` to `last`, both included."""
    return replace(statistics, weeks=tuple(w for w in statistics.weeks if first <= w.week <= last))


def _missing(parts: Sequence[NodeStatistics], ids: tuple[str, ...]) -> tuple[tuple[float, ...], float]:
    weights = [max(sum(week.periods for week in part.weeks), 1) for part in parts]
    shares = [{meter.id: share for meter, share in zip(p.meters, p.missing, strict=True)} for p in parts]
    missing = []
    for meter in ids:
        known = [(share[meter], weight) for share, weight in zip(shares, weights, strict=True) if meter in share]
        missing.append(sum(s * w for s, w in known) / sum(w for _, w in known))
    inflow = sum(p.inflow_missing * w for p, w in zip(parts, weights, strict=True)) / sum(weights)
    return tuple(missing), inflow


def _weeks(data: NodeData, whitening: Whitening) -> tuple[WeekStatistics, ...]:
    grid = weeks_of(data.start, data.period, data.periods)
    diagonal, before = covariance(data, whitening)
    held = factor(grid.grid(diagonal, empty=1.0), grid.grid(before))
    laid, counted = columns(data, grid)
    whiten(held, laid)
    grams = np.swapaxes(laid, 1, 2) @ laid
    norms, named = register_norms(held), names(data, grid)
    guessed = _guessed(data, grid, held, norms, counted.shape)
    total = None if data.inflow is None else grid.grid(data.inflow).sum(axis=1)
    periods, scatter = grid.filled(), grid.grid(own_variance(data, whitening)).sum(axis=1)
    return tuple(
        WeekStatistics(
            grid.first + w,
            named[w],
            grams[w, :-1, :-1],
            grams[w, :-1, -1],
            float(grams[w, -1, -1]),
            float(norms[w].sum()) * periods[w] / grid.per_week,
            int(periods[w]),
            counted[w],
            guessed[w],
            float(total[w]) if total is not None else 0.0,
            float(scatter[w]),
        )
        for w in range(grid.count)
    )


def _guessed(data: NodeData, grid: Weeks, held: Factor, norms: Floats, shape: tuple[int, ...]) -> Floats:
    """(weeks, m) what guessed divisions and clocks add to the square of each whitened column."""
    out = np.zeros(shape)
    if data.late:
        square = grid.grid(clocks(data.increments, data.late).T[:-1])
        out[:, : len(data.meters)] = np.einsum("wbn,wb->wn", square, norms[:, :-1])
    guesses = data.guesses
    week, at = np.divmod(guesses.place + grid.lead, grid.per_week)
    shared = guesses.shared
    # The boundary between two weeks stands at the end of the one and at the beginning of the other.
    edge = shared & (at == 0) & (week > 0)
    np.add.at(out, (week[edge] - 1, guesses.meter[edge]), guesses.variance[edge] * norms[week[edge] - 1, -1])
    here = shared & (week < grid.count)
    np.add.at(out, (week[here], guesses.meter[here]), guesses.variance[here] * norms[week[here], at[here]])
    alone = ~shared
    touched = np.unique(week[alone])
    if len(touched):
        own = period_norms(Factor(held.diagonal[touched], held.below[touched]))
        found = own[np.searchsorted(touched, week[alone]), at[alone]]
        np.add.at(out, (week[alone], guesses.meter[alone]), guesses.variance[alone] * found)
    return out
