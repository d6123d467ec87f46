"""Procedure B: the median of what the laboratories' distributions can give, by Monte Carlo."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.comparison.results import ReferenceValue, Result, contributing

_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class ProcedureB:
    """Reference value and degrees of equivalence with probabilistically symmetric 95 % ends."""

    reference: ReferenceValue
    low: float
    high: float
    """95 % coverage interval of the reference value."""
    degrees: tuple[tuple[str, float, float, float, float], ...]
    """Laboratory, mean of the difference, its standard deviation, and its 95 % ends."""


def cox_b(results: Sequence[Result], *, trials: int = 200_000, seed: int = 20020101) -> ProcedureB:
    """Median over normal distributions N(x, u^2) of the included results; same seed, same digits.

    Source: Cox, Metrologia 39 (2002) 589, clause 6 and appendix.
    """
    contributing(results, "Cox B", least=3)
    x, u = np.array([r.value for r in results]), np.array([r.u for r in results])
    chosen = np.array([r.included for r in results])
    medians, differences = [], []
    for block, start in enumerate(range(0, trials, _BLOCK)):
        generator = np.random.Generator(np.random.SFC64([seed, block]))
        draws = x + u * generator.standard_normal((min(_BLOCK, trials - start), len(x)))
        centre = np.median(draws[:, chosen], axis=1)
        medians.append(centre)
        differences.append(draws - centre[:, None])
    centre, gaps = np.concatenate(medians), np.concatenate(differences)
    ends = np.quantile(centre, [0.025, 0.975])
    nan = tuple(float("nan") for _ in results)
    reference = ReferenceValue(float(centre.mean()), float(centre.std(ddof=1)), "Cox B", nan)
    sides = np.quantile(gaps, [0.025, 0.975], axis=0)
    rows = zip(results, gaps.mean(axis=0), gaps.std(axis=0, ddof=1), sides[0], sides[1], strict=True)
    degrees = tuple((r.laboratory, float(d), float(s), float(a), float(b)) for r, d, s, a, b in rows)
    return ProcedureB(reference, float(ends[0]), float(ends[1]), degrees)
