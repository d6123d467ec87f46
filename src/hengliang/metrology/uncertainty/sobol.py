"""Quasi-Monte Carlo: scrambled Sobol points, with an error estimate from independent scrambles.

On request only: the norms describe pseudo-random trials. For smooth models of few inputs the estimates of
value and u are an order of magnitude tighter for fewer points.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.draws import Sampler
from hengliang.metrology.uncertainty.errors import InputError
from hengliang.metrology.uncertainty.interval import coverage_interval

Floats = NDArray[np.float64]
MOST_POINTS = 2**26  # times inputs: half a gigabyte
MOST_SCRAMBLES = 1_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the standard error of its computation (not a measurement uncertainty)."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Sobol:
    """Value, u and the ends of the symmetric coverage interval of the first output, each as `Estimate`."""

    value: Estimate
    u: Estimate
    low: Estimate
    high: Estimate
    points: int
    scrambles: int


def sobol(sampler: Sampler, *, points: int, scrambles: int, p: float) -> Sobol:
    """Evaluate the first output on `scrambles` independently scrambled sets of `points` points.

    points : a power of two
    scrambles : at least 2; the standard errors are those of the mean over them
    """
    if points < 2 or points & (points - 1) or scrambles < 2:
        raise InputError(name="points", reason="needs a power of two, and at least 2 scrambles")
    if points > MOST_POINTS // max(1, len(sampler.inputs)) or scrambles > MOST_SCRAMBLES:
        at_most = f"at most {MOST_POINTS} points times inputs, and {MOST_SCRAMBLES} scrambles"
        raise InputError(name="points", reason=at_most)
    rows = np.array([_figures(sampler, points, number, p) for number in range(scrambles)])
    errors = rows.std(axis=0, ddof=1) / math.sqrt(scrambles)
    value, u, low, high = (Estimate(float(v), float(e)) for v, e in zip(rows.mean(axis=0), errors, strict=True))
    return Sobol(value, u, low, high, points, scrambles)


def _figures(sampler: Sampler, points: int, number: int, p: float) -> tuple[float, float, float, float]:
    results = np.empty((len(sampler.model.outputs), points))
    sampler.outputs(_draws(sampler, points, number), results)
    y = results[0]
    return float(y.mean()), float(y.std()), *coverage_interval(y, p)


def _draws(sampler: Sampler, points: int, number: int) -> list[Floats | float]:
    from scipy.special import ndtri

    uniform = iter(_uniform(sampler, points, number))
    drawn: dict[int, Floats | float] = {}
    for i in sampler.alone:
        distribution = sampler.inputs[i].distribution
        drawn[i] = distribution.transform(*(next(uniform) for _ in range(distribution.dimensions)))
    for group, spread in sampler.correlated:
        sampler.place(drawn, group, spread, np.array([ndtri(next(uniform)) for _ in group]))
    return [drawn[i] for i in range(len(sampler.inputs))]


def _uniform(sampler: Sampler, points: int, number: int) -> Floats:
    """Scrambled Sobol points, shape (dimensions, points)."""
    from scipy.stats import qmc

    dimensions = sum(sampler.inputs[i].distribution.dimensions for i in sampler.alone)
    dimensions += sum(len(group) for group, _ in sampler.correlated)
    seeds = np.random.SeedSequence(sampler.seed, spawn_key=(number,))
    engine = qmc.Sobol(max(1, dimensions), scramble=True, rng=np.random.default_rng(seeds))
    uniform = engine.random(points).T
    return np.ascontiguousarray(np.clip(uniform, 2.0**-54, 1 - 2.0**-53))
