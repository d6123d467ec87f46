"""From weekly statistics to the normal equations of a span: added up, freed of registers' own noise and losses."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.design import LOSS
from hengliang.metrology.balance.node import Meter
from hengliang.metrology.balance.statistics import NodeStatistics, WeekStatistics

MOST_TAKEN = 0.5  # of a column's square may be register noise; beyond it the meter has hardly any load (our choice)
WEAK = 1e-9  # relative precision that keeps empty loss columns from dividing by nothing
STEP_OF_LOSS = 0.1  # standard deviation of a loss coefficient's change over a week, relative to itself: as districts'
# losses were simulated to drift (10 % misfit); wider than that hardly costs anything with hourly data


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """A δ = b with noise variance 1 (times what the fit finds): meters only, losses projected out."""

    meters: tuple[int, ...]
    """Places in the statistics' tuple of meters of the columns here."""
    a: Floats
    """(n, n)."""
    b: Floats
    """(n,)."""
    square: float
    """What is left of rᵀr when the losses are fitted with all δ = 0."""
    free: float
    """Periods less loss coefficients."""
    noise: Floats
    """(n,) of each column's square that was its register's own noise, or a guess at its missing readings."""
    weeks: tuple["WeekPart", ...]
    inflow: float
    counted: Floats
    """(n,) what each meter counted."""
    loss_names: tuple[str, ...]
    loss_map: Floats
    """(p, n + 1): loss coefficients are loss_map @ [1, δ]."""
    loss_inverse: Floats
    """(p, p) inverse of the losses' own part."""
    loss_counted: Floats
    """(p,) sum of each loss column."""
    periods: int
    scatter: float
    """Mean variance of a period that is not of registers, before the fit scales it [unit squared]."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekPart:
    """One week in the columns of the whole: where its columns lie, and what they say."""

    week: int
    place: NDArray[np.int64]
    gram: Floats
    """With the registers' noise, `own` on its diagonal."""
    moment: Floats
    """Without it."""
    own: Floats
    counted: Floats

    def score(self, coefficients: Floats) -> Floats:
        """(m,) derivative of the likelihood at the coefficients of all columns."""
        mine = coefficients[self.place]
        return np.asarray(self.moment - self.gram @ mine + self.own * mine)


def normal_equations(statistics: NodeStatistics, *, members: bool = True) -> Normal:
    """The equations of all weeks together.

    members : only the meters of the node; otherwise candidates as well, with coefficient 1 if they belong

    Source: corrected score for errors in variables, Fuller, Measurement Error Models (1987), 2.2.
    """
    chosen = tuple(j for j, meter in enumerate(statistics.meters) if meter.member or not members)
    kept = {statistics.meters[j].id: k for k, j in enumerate(chosen)}
    losses = sorted({name for week in statistics.weeks for name in week.columns if name.startswith(LOSS)}, key=_order)
    index = {**kept, **{name: len(kept) + k for k, name in enumerate(losses)}}
    by_id = {meter.id: meter for meter in statistics.meters}
    parts = [_part(week, index, by_id) for week in statistics.weeks]
    m, n = len(index), len(kept)
    gram, moment, own, counted = np.zeros((m, m)), np.zeros(m), np.zeros(m), np.zeros(m)
    for part in parts:
        add_week(gram, part)
        moment[part.place] += part.moment
        own[part.place] += part.own
        counted[part.place] += part.counted
    gram[np.diag_indices(m)] -= own
    square = sum(week.square for week in statistics.weeks)
    periods = sum(week.periods for week in statistics.weeks)
    reduced, lead, rest, loss_map, loss_inverse = _project(gram, moment, square, n, losses)
    return Normal(
        chosen, reduced, lead, rest, float(max(periods - len(losses), 1)), own[:n], tuple(parts),
        sum(week.inflow for week in statistics.weeks), counted[:n], tuple(losses), loss_map, loss_inverse,
        counted[n:], periods,
        sum(week.scatter for week in statistics.weeks) / max(periods, 1),
    )  # fmt: skip


def add_week(gram: Floats, part: WeekPart, weight: float = 1.0) -> None:
    """Add a week times its weight; the meters, which nearly always stand first and in order, without a gather."""
    sums = part.gram if weight == 1.0 else weight * part.gram
    place, m = part.place, len(part.place)
    run = int(np.argmin(place == np.arange(m))) if (place != np.arange(m)).any() else m
    gram[:run, :run] += sums[:run, :run]
    if run < m:
        gram[np.ix_(place[run:], place)] += sums[run:]
        gram[np.ix_(place[:run], place[run:])] += sums[:run, run:]


def _order(name: str) -> tuple[str, int]:
    base, _, knot = name.partition("@")
    return base, int(knot or 0)


def _part(week: WeekStatistics, index: dict[str, int], meters: dict[str, Meter]) -> WeekPart:
    """A week in the order of the whole."""
    here = np.array([k for k, name in enumerate(week.columns) if name in index], dtype=np.int64)
    whole = len(here) == len(week.columns)
    gram = week.gram if whole else week.gram[np.ix_(here, here)]
    found = [meters.get(week.columns[at]) for at in here]
    rounding = np.array([meter.resolution**2 / 12.0 if meter else 0.0 for meter in found])
    own = np.minimum(rounding * week.trace + week.guessed[here], MOST_TAKEN * gram.diagonal())
    member = np.array([bool(meter and meter.member) for meter in found])
    place = np.array([index[week.columns[at]] for at in here], dtype=np.int64)
    return WeekPart(week.week, place, gram, week.moment[here] + own * member, own, week.counted[here])


def _project(
    gram: Floats, moment: Floats, square: float, n: int, losses: Sequence[str]
) -> tuple[Floats, Floats, float, Floats, Floats]:
    """Normal equations of the first n columns once the losses have taken what they explain."""
    p = len(losses)
    if not p:
        return gram, moment, square, np.empty((0, n + 1)), np.empty((0, 0))
    zz, zx, zr = gram[n:, n:].copy(), gram[n:, :n], moment[n:]
    zz[np.diag_indices(p)] += np.maximum(WEAK * zz.diagonal(), np.finfo(float).tiny)
    zz += _smoothness(zz, zr, losses)
    inverse = np.asarray(np.linalg.inv(zz), dtype=np.float64)
    both = inverse @ np.column_stack([zr, zx])
    fitted, crossed = both[:, 0], both[:, 1:]
    reduced = gram[:n, :n] - zx.T @ crossed
    loss_map = np.column_stack([fitted, -crossed])
    return reduced, moment[:n] - zx.T @ fitted, max(square - float(zr @ fitted), 0.0), loss_map, inverse


def _smoothness(zz: Floats, zr: Floats, losses: Sequence[str]) -> Floats:
    """Precision of the random walk that a varying coefficient takes from knot to knot."""
    out = np.zeros_like(zz)
    names = [name.partition("@") for name in losses]
    for base in {base for base, at, _ in names if at}:
        knots = [k for k, (name, at, _) in enumerate(names) if name == base and at]
        size = float(zr[knots].sum() / max(float(zz[np.ix_(knots, knots)].sum()), np.finfo(float).tiny))
        if size == 0.0:
            continue
        precision = 1.0 / (STEP_OF_LOSS * size) ** 2
        for k, later in pairwise(knots):
            out[k, k] += precision
            out[later, later] += precision
            out[k, later] -= precision
            out[later, k] -= precision
    return out
