"""Procedure B: the median of what the laboratories' distributions can give, by Monte Carlo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.results import ReferenceValue, Result, contributing

_BLOCK = 20_000
_TRIALS, _LEAST_TRIALS, _MOST_DRAWS = 200_000, 20_000, 20_000_000


@dataclass(frozen=True, slots=True)
class ProcedureB:
    """Reference value and degrees of equivalence with probabilistically symmetric 95 % ends."""

    reference: ReferenceValue
    low: float
    high: float
    """95 % coverage interval of the reference value."""
    degrees: tuple[tuple[str, float, float, float, float], ...]
    """Laboratory, mean of the difference, its standard deviation, and its 95 % ends."""


def cox_b(results: Sequence[Result], *, trials: int | None = None, seed: int = 20020101) -> ProcedureB:
    """Median over normal distributions N(x, u^2) of the included results; same seed, same digits.

    trials : by default 200,000, fewer for more than a hundred results, 20,000 at least

    Raises TooFewResults below three results, NotPositiveUncertainty.

    Source: Cox, Metrologia 39 (2002) 589, clause 6 and appendix.
    """
    trials = trials or _trials_for(results)
    centre, gaps = np.empty(trials), np.empty((len(results), trials))
    for part, draws, medians in _drawn(results, trials, seed):
        centre[part] = medians
        gaps[:, part] = draws.T - medians
    means, spreads = gaps.mean(axis=1), gaps.std(axis=1, ddof=1)
    gaps.sort(axis=1)  # in place and by rows: ten times faster than selecting the ends column by column
    sides = np.array([np.quantile(row, [0.025, 0.975]) for row in gaps]).T
    rows = zip(results, means, spreads, sides[0], sides[1], strict=True)
    degrees = tuple((r.laboratory, float(d), float(s), float(a), float(b)) for r, d, s, a, b in rows)
    low, high = np.quantile(centre, [0.025, 0.975])
    return ProcedureB(_reference(results, centre), float(low), float(high), degrees)


def cox_b_value(results: Sequence[Result], *, trials: int | None = None, seed: int = 20020101) -> ReferenceValue:
    """The reference value of `cox_b` alone, to the same digits, without its degrees of equivalence.

    Raises TooFewResults below three results, NotPositiveUncertainty.

    Source: Cox, Metrologia 39 (2002) 589, clause 6.
    """
    trials = trials or _trials_for(results)
    centre = np.empty(trials)
    for part, _draws, medians in _drawn(results, trials, seed):
        centre[part] = medians
    return _reference(results, centre)


def _trials_for(results: Sequence[Result]) -> int:
    return min(_TRIALS, max(_LEAST_TRIALS, _MOST_DRAWS // max(1, len(results))))


def _drawn(results: Sequence[Result], trials: int, seed: int) -> Iterator[tuple[slice, Floats, Floats]]:
    """Block by block: its place, the draws of all results, shape (block, n), the medians of the included ones."""
    contributing(results, "Cox B", least=3)
    x, u = np.array([r.value for r in results]), np.array([r.u for r in results])
    chosen = np.array([r.included for r in results])
    for block, start in enumerate(range(0, trials, _BLOCK)):
        generator = np.random.Generator(np.random.SFC64([seed, block]))
        draws = x + u * generator.standard_normal((min(_BLOCK, trials - start), len(x)))
        yield slice(start, start + len(draws)), draws, _medians(draws[:, chosen])


def _reference(results: Sequence[Result], centre: Floats) -> ReferenceValue:
    nan = tuple(float("nan") for _ in results)
    return ReferenceValue(float(centre.mean()), float(centre.std(ddof=1)), "Cox B", nan)


def _medians(draws: Floats) -> Floats:
    """The median of each row; sorting short rows whole is faster than selecting in them."""
    ordered, half = np.sort(draws, axis=1), draws.shape[1] // 2
    upper = ordered[:, half]
    return np.asarray(upper if draws.shape[1] % 2 else (ordered[:, half - 1] + upper) / 2)
