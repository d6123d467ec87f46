"""Propagation of distributions by Monte Carlo: a fixed number of trials, or as many as the digits need.

Source: JCGM 101:2008, clauses 5 and 7; JCGM 102:2011, clause 7; JJF 1059.2-2012.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.draws import BLOCK, Sampler
from hengliang.metrology.uncertainty.errors import DrawsNotFinite, InputError, OneOutputNeeded
from hengliang.metrology.uncertainty.interval import (
    Kind,
    coverage_interval,
    interval_of_ordered,
    numerical_tolerance,
)

Floats = NDArray[np.float64]
T = TypeVar("T")
MOST_TRIALS = 10_000_000


@dataclass(frozen=True)
class Drawn:
    """One output as its draws, shape (trials,), with the summaries of JCGM 101:2008, 7.6 and 7.7."""

    name: str
    draws: Floats = field(repr=False)

    @property
    def value(self) -> float:
        """The estimate: the mean of the draws."""
        return float(self.draws.mean())

    @property
    def u(self) -> float:
        """The standard uncertainty: the standard deviation of the draws."""
        return _standard_deviation(self.draws)

    def interval(self, p: float = 0.95, kind: Kind = "symmetric") -> tuple[float, float]:
        """The coverage interval for probability `p`, probabilistically symmetric or shortest."""
        return interval_of_ordered(self.ordered, p, kind)

    @cached_property
    def ordered(self) -> Floats:
        """The draws in ascending order: the discrete form of the distribution function (7.5)."""
        return np.sort(self.draws)

    def histogram(self, bins: int = 100) -> tuple[Floats, Floats]:
        """Probability density, shape (bins,), and the edges of the bins, shape (bins + 1,)."""
        return np.histogram(self.draws, bins=bins, density=True)


@dataclass(frozen=True)
class MonteCarlo:
    """The outputs as draws. `stable` says whether the adaptive procedure reached its tolerance."""

    outputs: tuple[Drawn, ...]
    trials: int
    seed: int
    stable: bool = True

    def __getitem__(self, name: str) -> Drawn:
        for output in self.outputs:
            if output.name == name:
                return output
        raise OneOutputNeeded(outputs=", ".join(o.name for o in self.outputs), first=self.outputs[0].name)

    @property
    def only(self) -> Drawn:
        """The single output. Raises OneOutputNeeded if there are several."""
        if len(self.outputs) > 1:
            raise OneOutputNeeded(outputs=", ".join(o.name for o in self.outputs), first=self.outputs[0].name)
        return self.outputs[0]

    @property
    def value(self) -> float:
        """Estimate of the single output."""
        return self.only.value

    @property
    def u(self) -> float:
        """Standard uncertainty of the single output."""
        return self.only.u

    def interval(self, p: float = 0.95, kind: Kind = "symmetric") -> tuple[float, float]:
        """Coverage interval of the single output."""
        return self.only.interval(p, kind)

    @property
    def draws(self) -> Floats:
        """All draws, shape (m, trials)."""
        return np.stack([o.draws for o in self.outputs])


def fixed(sampler: Sampler, trials: int, *, threads: int = 1) -> MonteCarlo:
    """Exactly `trials` trials; the same numbers for any number of threads.

    Raises DrawsNotFinite, with the count over all trials.
    """
    if trials < 2:
        raise InputError(name="trials", reason=f"at least 2 trials are needed, got {trials}")
    results = np.empty((len(sampler.model.outputs), trials))

    def fill(number: int) -> tuple[int, str]:
        part = results[:, number * BLOCK : (number + 1) * BLOCK]
        return _filled(sampler, number, part)

    _require_finite(_each(fill, math.ceil(trials / BLOCK), threads), trials)
    return _result(sampler, results, stable=True)


def adaptive(
    sampler: Sampler,
    *,
    digits: int = 2,
    p: float = 0.95,
    kind: Kind = "symmetric",
    tolerance: Callable[[Floats], Floats] | None = None,
    most_trials: int = MOST_TRIALS,
    threads: int = 1,
) -> MonteCarlo:
    """As many batches as it takes for estimate, u and both ends to be stable to `digits` digits of u.

    tolerance : numerical tolerances, shape (m,), from the standard uncertainties, shape (m,); by default
        half a unit of the last of `digits` digits
    The batch has max(100/(1 - p), 10^4) trials, rounded up to whole blocks. When `most_trials` do not suffice
    the result says `stable=False`.
    Source: JCGM 101:2008, 7.9.4; JCGM 102:2011, 7.8.3.
    """
    within = tolerance or (lambda u: np.array([numerical_tolerance(x, digits) for x in u]))
    blocks = math.ceil(max(100 / (1 - p), BLOCK) / BLOCK)
    most = max(2, most_trials // (blocks * BLOCK))
    batches: list[Floats] = []
    seen = np.empty((most, 4, len(sampler.model.outputs)))
    for batch in _batches(sampler, blocks, most, threads):
        seen[len(batches)] = _summary(batch, p, kind)
        batches.append(batch)
        if len(batches) > 1 and _stable(seen[: len(batches)], within):
            return _result(sampler, np.concatenate(batches, axis=1), stable=True)
    return _result(sampler, np.concatenate(batches, axis=1), stable=False)


def _summary(batch: Floats, p: float, kind: Kind) -> Floats:
    """Estimate, u, lower and upper end of every output, shape (4, m)."""
    ends = [coverage_interval(row, p, kind) for row in batch]
    spreads = [_standard_deviation(row) for row in batch]
    return np.array([batch.mean(axis=1), spreads, *np.transpose(ends)])


def _stable(seen: Floats, within: Callable[[Floats], Floats]) -> bool:
    """Twice the standard deviations of the averages (h, 4, m) are within the tolerance (7.9.4 j)."""
    scatter = 2 * seen.std(axis=0, ddof=1) / math.sqrt(len(seen))
    u = np.sqrt((seen[:, 1] ** 2).mean(axis=0) + seen[:, 0].var(axis=0))
    return bool((scatter <= within(u)).all())


def _batches(sampler: Sampler, blocks: int, most: int, threads: int) -> Iterator[Floats]:
    """Batches in order; with threads, several are drawn ahead, and those not needed are dropped."""
    for start in range(0, most, threads):
        ahead = range(start, min(start + threads, most))

        def batch(number: int) -> Floats:
            drawn = np.empty((len(sampler.model.outputs), blocks * BLOCK))
            for i in range(blocks):
                sampler.block(number * blocks + i, drawn[:, i * BLOCK : (i + 1) * BLOCK])
            return drawn

        if threads == 1:
            yield batch(start)
        else:
            yield from _in_threads(batch, ahead, threads)


def _filled(sampler: Sampler, number: int, part: Floats) -> tuple[int, str]:
    try:
        sampler.block(number, part)
    except DrawsNotFinite as error:
        return error.params["count"], error.params["example"]
    return 0, ""


def _each(task: Callable[[int], tuple[int, str]], count: int, threads: int) -> list[tuple[int, str]]:
    if threads == 1:
        return [task(number) for number in range(count)]
    return _in_threads(task, range(count), threads)


def _in_threads(task: Callable[[int], T], numbers: Iterable[int], threads: int) -> list[T]:
    from concurrent.futures import ThreadPoolExecutor  # one thread is the rule

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(task, numbers))


def _require_finite(bad: list[tuple[int, str]], trials: int) -> None:
    count = sum(n for n, _ in bad)
    if count:
        raise DrawsNotFinite(count=count, trials=trials, example=next(example for n, example in bad if n))


def _result(sampler: Sampler, results: Floats, *, stable: bool) -> MonteCarlo:
    outputs = tuple(Drawn(name, row) for name, row in zip(sampler.model.outputs, results, strict=True))
    return MonteCarlo(outputs, results.shape[1], sampler.seed, stable)


def _standard_deviation(draws: Floats) -> float:
    """As numpy's std with ddof=1, reading the draws once: each block's mean and squares while it lies in cache.

    Source: Chan, Golub and LeVeque, The American Statistician 37 (1983) 242, eq. (2.1), to join the blocks.
    """
    count, mean, total, space = 0, 0.0, 0.0, np.empty(min(BLOCK, len(draws)))
    for start in range(0, len(draws), BLOCK):
        part = draws[start : start + BLOCK]
        own = float(part.mean())
        away = np.subtract(part, own, out=space[: len(part)])
        both, apart = count + len(part), own - mean
        total += float(np.einsum("i,i->", away, away)) + apart**2 * count * len(part) / both
        mean, count = mean + apart * len(part) / both, both
    return math.sqrt(total / (len(draws) - 1))
