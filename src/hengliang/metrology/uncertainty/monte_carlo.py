"""Propagation of distributions by Monte Carlo: a fixed number of trials, or as many as the digits need.

Source: JCGM 101:2008, clauses 5 and 7; JCGM 102:2011, clause 7; JJF 1059.2-2012.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.draws import BLOCK, Sampler
from hengliang.metrology.uncertainty.errors import DrawsNotFinite, InputError
from hengliang.metrology.uncertainty.interval import (
    Kind,
    coverage_interval,
    interval_of_ordered,
    numerical_tolerance,
    selected_interval,
)
from hengliang.metrology.uncertainty.outputs import Outputs
from hengliang.metrology.uncertainty.stability import Averages, Growing

Floats = NDArray[np.float64]
T = TypeVar("T")
MOST_TRIALS = 10_000_000
LARGEST = 200_000_000  # draws kept at once, 1.6 GB
MOST_DIGITS, MOST_THREADS = 6, 256
_PART = 4 * BLOCK  # draws summed at a time; their squares fit into a cache of half a megabyte


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
        return _mean_and_deviation(self.draws)[1]

    def interval(self, p: float = 0.95, kind: Kind = "symmetric") -> tuple[float, float]:
        """The coverage interval for probability `p`, probabilistically symmetric or shortest."""
        if kind == "symmetric" and "ordered" not in self.__dict__:
            return coverage_interval(self.draws, p)
        return interval_of_ordered(self.ordered, p, kind)

    @cached_property
    def ordered(self) -> Floats:
        """The draws in ascending order: the discrete form of the distribution function (7.5)."""
        return np.sort(self.draws)

    def histogram(self, bins: int = 100) -> tuple[Floats, Floats]:
        """Probability density, shape (bins,), and the edges of the bins, shape (bins + 1,)."""
        return np.histogram(self.draws, bins=bins, density=True)


@dataclass(frozen=True)
class MonteCarlo(Outputs[Drawn]):
    """The outputs as draws. `stable` says whether the adaptive procedure reached its tolerance."""

    outputs: tuple[Drawn, ...]
    trials: int
    seed: int
    stable: bool = True

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
    _require_possible(sampler, trials, threads)
    results = np.empty((len(sampler.model.outputs), trials))

    def fill(number: int) -> tuple[int, str]:
        """Draw a block into its place; gives how many draws are not finite, and an example."""
        part = results[:, number * BLOCK : (number + 1) * BLOCK]
        return _filled(sampler, number, part)

    _require_finite(_each(fill, range(math.ceil(trials / BLOCK)), threads), trials)
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
    if not 1 <= digits <= MOST_DIGITS:
        raise InputError(name="digits", reason=f"significant digits of u lie between 1 and {MOST_DIGITS}, got {digits}")
    if not 0 < p < 1:
        raise InputError(name="p", reason=f"a coverage probability lies between 0 and 1, got {p}")
    _require_possible(sampler, max(most_trials, math.ceil(200 / (1 - p))), threads)  # two batches at least
    within = tolerance or (lambda u: np.array([numerical_tolerance(x, digits) for x in u]))
    blocks = math.ceil(max(100 / (1 - p), BLOCK) / BLOCK)
    most = max(2, most_trials // (blocks * BLOCK))
    drawn, seen, samples = Growing(len(sampler.model.outputs), blocks * BLOCK), Averages(), list[Floats]()

    def draw(number: int) -> Floats:
        """A batch of draws (m, trials), block by block, so that threads change no number."""
        room = drawn.batch(number)
        for i in range(blocks):
            sampler.block(number * blocks + i, room[:, i * BLOCK : (i + 1) * BLOCK])
        return room

    while seen.count < most:
        ahead = min(max(seen.foreseen, threads), most - seen.count)
        drawn.grow(seen.count + ahead)  # before anybody writes
        batches = _each(draw, range(seen.count, seen.count + ahead), threads)
        samples = samples or [np.sort(row) for row in batches[0]]
        for summary in [_summary(batch, p, kind, samples) for batch in batches]:
            seen.add(summary)
            if seen.stable(within):
                return _result(sampler, drawn.first(seen.count), stable=True)
    return _result(sampler, drawn.first(seen.count), stable=False)


def _require_possible(sampler: Sampler, trials: int, threads: int) -> None:
    """Refuse what can't be computed, or not be held, before anything is drawn."""
    most = LARGEST // len(sampler.model.outputs)
    if trials < 2:
        raise InputError(name="trials", reason=f"at least 2 trials are needed, got {trials}")
    if trials > most:
        raise InputError(name="trials", reason=f"at most {most} trials of this model can be held, got {trials}")
    if not isinstance(threads, int | np.integer) or not 1 <= threads <= MOST_THREADS:
        raise InputError(name="threads", reason=f"threads lie between 1 and {MOST_THREADS}, got {threads}")


def _summary(batch: Floats, p: float, kind: Kind, samples: list[Floats]) -> Floats:
    """Estimate, u, lower and upper end of every output, shape (4, m); `samples` are ordered draws of each."""
    if kind == "symmetric":
        ends = [selected_interval(row, p, sample) for row, sample in zip(batch, samples, strict=True)]
    else:
        ends = [coverage_interval(row, p, kind) for row in batch]
    return np.transpose([(*_mean_and_deviation(row), *end) for row, end in zip(batch, ends, strict=True)])


def _filled(sampler: Sampler, number: int, part: Floats) -> tuple[int, str]:
    try:
        sampler.block(number, part)
    except DrawsNotFinite as error:
        return error.parameters["count"], error.parameters["example"]
    return 0, ""


def _each(task: Callable[[int], T], numbers: Iterable[int], threads: int) -> list[T]:
    if threads == 1:
        return [task(number) for number in numbers]
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


def _mean_and_deviation(draws: Floats) -> tuple[float, float]:
    """Mean, and standard deviation with n - 1, reading the draws once: each part while it lies in cache.

    Source: Chan, Golub and LeVeque, The American Statistician 37 (1983) 242, eq. (2.1), to join the parts.
    """
    count, mean, total, space = 0, 0.0, 0.0, np.empty(min(_PART, len(draws)))
    for start in range(0, len(draws), _PART):
        part = draws[start : start + _PART]
        own = float(part.mean())
        away = np.subtract(part, own, out=space[: len(part)])
        both, apart = count + len(part), own - mean
        total += float(np.einsum("i,i->", away, away)) + apart**2 * count * len(part) / both
        mean, count = mean + apart * len(part) / both, both
    return mean, math.sqrt(total / (len(draws) - 1))
