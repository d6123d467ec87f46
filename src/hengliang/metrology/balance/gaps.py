"""From what was collected to the data of a node: bridging what is missing, at its price in uncertainty.

A register that was not read once is still known before and after: the quantity between is right, only its division
is guessed, by the meter's course (`courses.py`); its uncertainty is that with which the meter departs from it. It is
charged to the boundary between two periods, or to the periods of a longer gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.courses import Course, course_of, divided, slots_of
from hengliang.metrology.balance.domains import domain_of
from hengliang.metrology.balance.errors import BadShape
from hengliang.metrology.balance.node import Gauge, Guesses, LossTerm, Meter, NodeData

SHORTEST_LONG_GAP = 3
FEWEST_FOR_CLOCK = 3


@dataclass(slots=True, eq=False)
class _Spans:
    """What the bridging adds up."""

    boundary: Floats
    period: Floats
    meter: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    variance: list[float] = field(default_factory=list)
    shared: list[bool] = field(default_factory=list)

    def guess_boundary(self, meter: int | None, at: int, variance: float) -> None:
        """Charge a guessed division between two periods; `meter` None: the masters', which are no column."""
        self.boundary[at] += variance
        self._note(meter, [at], [variance], shared=True)

    def guess_periods(self, meter: int | None, at: NDArray[np.int64], variance: Floats | float) -> None:
        """Charge guessed amounts of periods."""
        self.period[at] += variance
        self._note(meter, at.tolist(), np.broadcast_to(variance, at.shape).tolist(), shared=False)

    def _note(self, meter: int | None, places: list[int], variances: list[float], *, shared: bool) -> None:
        if meter is not None:
            self.meter += [meter] * len(places)
            self.place += places
            self.variance += variances
            self.shared += [shared] * len(places)

    def guesses(self) -> Guesses:
        """What belongs to meters."""
        return Guesses(
            np.array(self.meter, np.int64), np.array(self.place, np.int64), np.array(self.variance, float),
            np.array(self.shared, bool),
        )  # fmt: skip


def from_registers(
    *,
    node: str,
    domain: str,
    start: int,
    period: int,
    meters: Sequence[Meter],
    registers: Floats,
    inflow: Floats | None,
    inflow_resolution: float,
    gauge: Gauge,
    stock: Floats | None = None,
    stock_uncertainty: float = 0.0,
    covariates: Mapping[str, Floats] | None = None,
    clock: float = 0.0,
    covered: tuple[tuple[int, int], ...] = (),
) -> NodeData:
    """A node from cumulative registers read at the boundaries of its periods.

    registers : (n, T + 1) [unit], NaN where not read; resets and rollovers taken out
    inflow : (T + 1,) the masters' register [unit], NaN where not read, None where there is no master
    stock : (T + 1,) what lies in the tank [unit] with standard uncertainty `stock_uncertainty` per reading
    covariates : (T,) each, as the domain names them; clock : standard uncertainty of a meter's clock [s]

    Raises BadShape, UnknownDomain.
    """
    registers = np.asarray(registers, dtype=float)
    if registers.ndim != 2 or len(registers) != len(meters):
        raise BadShape(node=node, what="registers", shape=registers.shape, expected=f"({len(meters)}, T + 1)")
    periods, slots = registers.shape[1] - 1, slots_of(period)
    spans = _Spans(np.zeros(periods + 1), np.zeros(periods))
    own = None if inflow is None or np.isnan(inflow).all() else np.asarray(inflow, dtype=float)
    increments = _meters(registers, own, slots, spans, covered)
    master = None if own is None else _master(own, increments, slots, spans)
    if stock is not None and master is not None:
        master = master - np.diff(np.asarray(stock, dtype=float))
    spans.boundary += _rounding(meters, inflow_resolution) + stock_uncertainty**2
    spans.boundary += clocks(increments, clock / period).sum(axis=0)
    return NodeData(
        node, domain, start, period, tuple(meters), increments, master,
        (*domain_of(domain).losses(node, master, periods, covariates or {}), *_late_master(master)),
        gauge, spans.boundary, spans.period, _share(registers, covered),
        1.0 if own is None else float(np.isnan(own).mean()), covered, spans.guesses(), clock / period,
    )  # fmt: skip


def _meters(
    registers: Floats, inflow: Floats | None, slots: int, spans: _Spans, covered: tuple[tuple[int, int], ...]
) -> Floats:
    """(n, T) increments of the meters, bridged where they were not read."""
    seen, periods = _masked(registers, covered), registers.shape[1] - 1
    increments = np.diff(seen, axis=1)
    course = _course(increments, None if inflow is None else np.diff(inflow))
    for j in np.flatnonzero(np.isnan(increments).any(axis=1)):
        span = covered[j] if covered else (0, periods)
        increments[j] = _bridged(seen[j], course, slots, spans, int(j), span)
    return increments


def _master(inflow: Floats, increments: Floats, slots: int, spans: _Spans) -> Floats:
    """(T,) what the masters counted; where they were not read they go as all meters together."""
    if np.isfinite(inflow).all():
        return np.diff(inflow)
    return _bridged(inflow, _course(increments, None), slots, spans, None, (0, len(inflow) - 1))


def from_increments(
    *,
    node: str,
    domain: str,
    start: int,
    period: int,
    meters: Sequence[Meter],
    increments: Floats,
    inflow: Floats | None,
    gauge: Gauge,
    covariates: Mapping[str, Floats] | None = None,
    covered: tuple[tuple[int, int], ...] = (),
) -> NodeData:
    """A node from interval data, whose rounding does not carry over: what is missing is lost and only estimated.

    increments : (n, T) [unit], NaN where missing; inflow : (T,) [unit] or None

    Raises BadShape, UnknownDomain.
    """
    filled = np.array(increments, dtype=float)
    if filled.ndim != 2 or len(filled) != len(meters):
        raise BadShape(node=node, what="increments", shape=filled.shape, expected=f"({len(meters)}, T)")
    periods = filled.shape[1]
    spans = _Spans(np.zeros(periods + 1), np.zeros(periods))
    master = None if inflow is None else np.array(inflow, dtype=float)
    course = _course(filled, master)
    missing = np.isnan(filled).mean(axis=1)
    inflow_missing = 0.0 if master is None else float(np.isnan(master).mean())
    for j in np.flatnonzero(missing > 0):
        filled[j] = _estimated(filled[j], course_of(filled[j], course, slots_of(period)), spans, int(j))
    if master is not None and inflow_missing:
        master = _estimated(master, course_of(master, _course(filled, None), slots_of(period)), spans, None)
    spans.period += sum(meter.resolution**2 for meter in meters) / 12.0
    return NodeData(
        node, domain, start, period, tuple(meters), filled, master,
        domain_of(domain).losses(node, master, periods, covariates or {}),
        gauge, spans.boundary, spans.period, missing, inflow_missing, covered, spans.guesses(),
    )  # fmt: skip


def _late_master(inflow: Floats | None) -> tuple[LossTerm, ...]:
    """What the balance shows when the master's clock and the mean of the meters' differ: the change of the load."""
    if inflow is None or len(inflow) < FEWEST_FOR_CLOCK:
        return ()
    return (LossTerm("clock", np.gradient(inflow)),)


def _masked(registers: Floats, covered: tuple[tuple[int, int], ...]) -> Floats:
    """Registers that stand still while their meter hung elsewhere."""
    if not covered:
        return registers
    out = registers.copy()
    for row, (first, past) in zip(out, covered, strict=True):
        row[:first] = row[first]
        row[past + 1 :] = row[past]
    return out


def _share(registers: Floats, covered: tuple[tuple[int, int], ...]) -> Floats:
    """(n,) share of each meter's readings that is missing, while it hung here."""
    if not covered:
        return np.asarray(np.isnan(registers).mean(axis=1))
    rows = [row[a : b + 1] for row, (a, b) in zip(registers, covered, strict=True)]
    return np.array([np.isnan(row).mean() if len(row) else 1.0 for row in rows])


def _course(increments: Floats, master: Floats | None) -> Floats:
    """(T,) how the node as a whole flows: where nothing is missing its master, else the mean of its meters."""
    seen = np.isfinite(increments)
    mean = np.where(seen, increments, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    course = mean if master is None else np.where(np.isfinite(master), master, mean * len(increments))
    floor = float(np.abs(course).mean()) * np.finfo(float).eps or 1.0
    return np.asarray(np.maximum(course, floor))


def _bridged(
    register: Floats, node: Floats, slots: int, spans: _Spans, meter: int | None, covered: tuple[int, int]
) -> Floats:
    """(T,) increments of one register; what was guessed is charged to `spans`."""
    first, past = covered
    out = np.diff(register)
    out[:first] = out[past:] = np.nan
    course = course_of(out, node, slots)
    known = np.flatnonzero(np.isfinite(register))
    known = known[(known >= first) & (known <= past)]
    edges = ((first, known[0]), (known[-1], past)) if len(known) else ((first, past),)
    for a, b in edges:
        out[a:b] = course.guess[a:b]
        spans.guess_periods(meter, np.arange(a, b), course.variance[a:b])
    for a, b in pairwise(known.tolist()):
        if b - a > 1:
            total = float(register[b] - register[a])
            out[a:b] = divided(total, course.guess[a:b], node[a:b])
            _charge(total, (a, b), course, spans, meter)
    out[:first] = out[past:] = 0.0
    return out


def _charge(total: float, between: tuple[int, int], course: Course, spans: _Spans, meter: int | None) -> None:
    """What the division of a known total between two boundaries may be off by."""
    a, b = between
    if b - a < SHORTEST_LONG_GAP:
        spans.guess_boundary(meter, a + 1, course.contrast * total**2 / 4.0)
        return
    spread = course.variance[a:b] * (total / (float(course.guess[a:b].sum()) or 1.0)) ** 2
    spans.guess_periods(meter, np.arange(a, b), spread)


def _estimated(values: Floats, course: Course, spans: _Spans, meter: int | None) -> Floats:
    gone = np.flatnonzero(~np.isfinite(values))
    spans.guess_periods(meter, gone, course.variance[gone])
    return np.where(np.isfinite(values), values, course.guess)


def _rounding(meters: Sequence[Meter], inflow_resolution: float) -> float:
    """Variance of all registers' rounding at one boundary (rectangular over a step; JJF 1059.1-2012, 4.3.3)."""
    return (sum(m.resolution**2 for m in meters if m.member) + inflow_resolution**2) / 12.0


def clocks(increments: Floats, late: float) -> Floats:
    """(n, T + 1) variance of each register at each boundary from clocks that are off by `late` periods.

    A clock that stays off shifts each period by the change of load over it.
    """
    if not late or increments.shape[1] < 2:
        return np.zeros((len(increments), increments.shape[1] + 1))
    square = late**2 * np.diff(increments, axis=1) ** 2 / 2.0
    return np.concatenate([square[:, :1], square, square[:, -1:]], axis=1)
