"""Districts with known truth: real or synthetic loads, with meters, losses, clocks and faults put on top.

Real loads: HENGLIANG_REFERENCE/loads (households of the package ResidentialEnergyConsumption; Hopf, Weigert, Weinig
and Staake, University of Bamberg, CC BY-SA 4.0; not part of this repository). Without them loads are made up.
"""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from hengliang.metrology.balance import Batch, Gauge, Meter, NodeData, from_registers

QUARTER = 900
START = 1_736_697_600  # Monday 2025-01-13 00:00 in China
SEASON = 0.25  # spans longer than the source get a season, winter over the mean
FILE = Path("loads") / "swiss_households_15min_kwh.npz"


@dataclass(frozen=True)
class Case:
    """A kind of district; everything that makes judging hard is a number here."""

    n: int = 150
    days: int = 49
    period: int = 3600
    healthy_mean: float = -0.001
    healthy_mean_spread: float = 0.002
    healthy_spread: float = 0.0035
    bad_share: float = 0.02
    bad_low: float = 0.025
    bad_high: float = 0.10
    drift_share: float = 0.02
    drift_end: float = 0.5
    """Part of the shift of a bad meter that a drifting one, healthy at the beginning, has reached at the end."""
    theft_share: float = 0.005
    gap_share: float = 0.002
    resolution: float = 0.01
    master_resolution: float = 0.1
    clock: float = 30.0
    """Clocks are off by up to this to either side, each always by the same [s]."""
    master_noise: float = 5e-4
    master_limit: float = 0.005
    master_bias: float = 0.0025
    loss: float = 0.025
    misfit: float = 0.10
    """The loss coefficient wanders by this much to either side, and scatters by half as much."""
    white_quarters: int = 1
    """Quarter-hours over which the scatter of the loss stays the same."""
    kwh_per_day: float = 10.0
    size_power: float = 0.0
    """0: every consumer is scaled to the same mean; 1: sizes as the source has them, 0.2 to 5 times the median."""
    batches: int = 0
    batch_means: tuple[float, ...] = ()
    foreign: int = 0
    """Meters listed here whose load does not pass the master."""
    unlisted: int = 0
    """Consumers behind the master that have no listed meter."""


@dataclass(frozen=True)
class District:
    """A simulated node and its truth."""

    data: NodeData
    error: np.ndarray
    """(n,) mean error over the span."""
    batch: np.ndarray
    master_error: float
    loss: np.ndarray = field(repr=False, default_factory=lambda: np.empty(0))
    """(T,) what was lost, as the master counted it."""
    course: np.ndarray = field(repr=False, default_factory=lambda: np.empty(0))
    """(T,) the same without the scatter of its coefficient, which no method can foresee."""
    scatter: np.ndarray = field(repr=False, default_factory=lambda: np.empty(0))
    """(T,) variance of that scatter."""


def loads() -> tuple[np.ndarray, str]:
    """(households, quarter-hours) in kWh, and where they are from."""
    reference = os.environ.get("HENGLIANG_REFERENCE")
    path = Path(reference) / FILE if reference else None
    if path is None or not path.exists():
        return synthetic(np.random.default_rng(7), 400, 4704), "synthetic"
    kwh = np.load(path)["kwh"].astype(float)
    ordinary = (kwh >= 0).all(axis=1) & (kwh.mean(axis=1) * 96 > 2) & (kwh.mean(axis=1) * 96 < 60)
    return kwh[ordinary], "Swiss households (CC BY-SA 4.0, University of Bamberg)"


def synthetic(rng: np.random.Generator, n: int, quarters: int) -> np.ndarray:
    """Loads with a shared daily course, own habits and short appliances of several powers."""
    t = np.arange(quarters)
    hour = (t % 96) / 4.0
    course = 0.25 + 0.35 * np.exp(-(((hour - 19) / 2.5) ** 2)) + 0.2 * np.exp(-(((hour - 7.5) / 1.5) ** 2))
    day = 1 + 0.15 * rng.standard_normal(quarters // 96 + 1)[t // 96]
    base = rng.gamma(4.0, 0.25, (n, 1)) * np.roll(course, 0)[None, :] * day
    shifted = np.array([np.roll(row, s) for row, s in zip(base, rng.integers(-6, 7, n), strict=True)])
    on = rng.random((n, quarters)) < 0.08 * shifted / shifted.mean()
    appliances = on * rng.gamma(1.5, 0.35, (n, quarters))
    return 0.05 * shifted * rng.lognormal(0, 0.4, shifted.shape) + 0.4 * appliances


def simulate(case: Case, rng: np.random.Generator, source: np.ndarray) -> District:
    """One district drawn from the case."""
    quarters = case.days * 96
    total = case.n + case.unlisted + case.foreign
    power = _draw_loads(source, rng, total, quarters, case.size_power) * (case.kwh_per_day / 96)
    error, course, batch = _errors(case, rng, total, quarters)
    passes = np.ones(total, bool)
    passes[case.n : case.n + case.foreign] = False
    listed = np.r_[0 : case.n - 0, case.n : case.n + case.foreign][: case.n + case.foreign]
    feeder = power[passes].sum(axis=0)
    wire = feeder**2 / np.mean(feeder**2) * feeder.mean()
    slow = case.loss * (1 + case.misfit * _slow(rng, quarters))
    kappa = slow + case.loss * case.misfit / 2 * _white(case, rng, quarters)
    master_error = case.master_bias * rng.standard_normal()
    step = case.period // QUARTER
    fine = (feeder + kappa * wire) * (1 + master_error)
    inflow = fine.reshape(-1, step).sum(axis=1) * (1 + case.master_noise * rng.standard_normal(quarters // step))
    indicated = power[listed] * (1 + course[listed])
    registers = _registers(indicated, case, rng, step)
    registers[rng.random(registers.shape) < case.gap_share] = np.nan
    master = np.floor(np.r_[0.0, np.cumsum(inflow)] / case.master_resolution + 0.5) * case.master_resolution
    measured = feeder.reshape(-1, step)
    square = (measured**2).sum(axis=1) / np.mean(feeder**2) * feeder.mean()
    makers = tuple(Batch(f"maker {b}") for b in range(max(case.batches, 1)))
    meters = tuple(
        Meter(f"m{j:04d}", case.resolution, batch=makers[batch[k]] if case.batches else None)
        for j, k in enumerate(listed)
    )
    data = from_registers(
        node="D",
        domain="electricity",
        start=START,
        period=case.period,
        meters=meters,
        registers=registers,
        inflow=master,
        inflow_resolution=case.master_resolution,
        gauge=Gauge(case.master_limit),
        covariates={"power_square": square},
        clock=case.clock / 3**0.5,
    )
    lost, course = ((k * wire * (1 + master_error)).reshape(-1, step).sum(axis=1) for k in (kappa, slow))
    together = min(case.white_quarters, step)
    parts = wire.reshape(-1, step // together, together).sum(axis=2)
    scatter = (case.loss * case.misfit / 2) ** 2 / 3 * (parts**2).sum(axis=1)
    return District(data, error[listed], batch[listed], master_error, lost, course, scatter)


def _draw_loads(source: np.ndarray, rng: np.random.Generator, n: int, quarters: int, size_power: float) -> np.ndarray:
    chosen = source[rng.choice(len(source), n, replace=n > len(source))]
    if quarters > chosen.shape[1]:  # weeks drawn anew for each consumer: repeating them for all would add nothing
        blocks = chosen[:, : chosen.shape[1] // 672 * 672].reshape(n, -1, 672)
        weeks = rng.integers(0, blocks.shape[1], (n, -(-quarters // 672)))
        chosen = blocks[np.arange(n)[:, None], weeks].reshape(n, -1)
        chosen = chosen * (1 + SEASON * np.cos(2 * np.pi * np.arange(chosen.shape[1]) / (365 * 96)))
    chosen = chosen[:, :quarters]
    size = chosen.mean(axis=1, keepdims=True)
    spread = np.clip(size / np.median(size), 0.2, 5.0) ** size_power
    return chosen / np.maximum(size, 1e-9) * spread / spread.mean()


def _errors(case: Case, rng: np.random.Generator, n: int, quarters: int):
    batch = rng.integers(0, max(case.batches, 1), n)
    means = (
        np.array(case.batch_means)
        if case.batch_means
        else case.healthy_mean + case.healthy_mean_spread * (rng.standard_normal(max(case.batches, 1)))
    )
    course = (means[batch] + case.healthy_spread * rng.standard_normal(n))[:, None] * np.ones(quarters)
    kind = rng.random(n)
    bad = kind < case.bad_share
    shift = rng.uniform(case.bad_low, case.bad_high, n) * rng.choice([-1.0, 1.0], n)
    course[bad] += shift[bad, None]
    drift = (kind >= case.bad_share) & (kind < case.bad_share + case.drift_share)
    course[drift] += (shift[drift] * case.drift_end)[:, None] * np.linspace(0, 1, quarters)
    theft = kind > 1 - case.theft_share
    course[theft] -= rng.uniform(0.2, 0.7, n)[theft, None]
    return course.mean(axis=1), course, batch


def _slow(rng: np.random.Generator, quarters: int) -> np.ndarray:
    """A slow course between -1 and 1: a few random waves over the span."""
    t = np.linspace(0, 1, quarters)
    waves = sum(rng.standard_normal() * np.sin(2 * np.pi * (k * t + rng.random())) / k for k in (0.5, 1, 1.5, 2, 3))
    return waves / np.abs(waves).max()


def _white(case: Case, rng: np.random.Generator, quarters: int) -> np.ndarray:
    """Independent over every `white_quarters`, between -1 and 1."""
    course = rng.uniform(-1, 1, -(-quarters // case.white_quarters))
    return np.repeat(course, case.white_quarters)[:quarters]


def _registers(indicated: np.ndarray, case: Case, rng: np.random.Generator, step: int) -> np.ndarray:
    """Cumulative registers read with a clock that is off, rounded down to the resolution."""
    total = np.concatenate([np.zeros((len(indicated), 1)), np.cumsum(indicated, axis=1)], axis=1)
    total += rng.uniform(0, 1e4, (len(total), 1))
    late = case.clock * rng.uniform(-1, 1, (len(total), 1)) / QUARTER
    ahead = np.diff(total, axis=1, append=total[:, -1:] + (total[:, -1:] - total[:, -2:-1]))
    behind = np.diff(total, axis=1, prepend=total[:, :1] - (total[:, 1:2] - total[:, :1]))
    read = total + np.where(late > 0, late * ahead, late * behind)
    return np.floor(read[:, ::step] / case.resolution) * case.resolution


POPULATIONS: dict[str, dict[str, float]] = {
    "ours": {},
    # As in-service evaluation was first simulated for this project; its notes give no error of the master, and do not
    # say how far a drifting meter gets: half of a shift as in ours, so little that none is wrong, or all of it.
    "notes": {"master_bias": 0.0},
    "notes, slight drift": {"master_bias": 0.0, "drift_end": 0.25},
    "notes, full drift": {"master_bias": 0.0, "drift_end": 1.0},
    "notes, no drift": {"master_bias": 0.0, "drift_share": 0.0},
}


def of_population(case: Case, population: str) -> Case:
    """The case with meters and master drawn from another population."""
    return replace(case, **POPULATIONS[population])
