"""Results of laboratories, and the reference value drawn from them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.errors import NotPositiveUncertainty, OutOfScale, TooFewResults

LARGEST = 1e40  # products of six of them, which a variance between laboratories takes, are numbers still


@dataclass(frozen=True, slots=True)
class Result:
    """What one laboratory reports for the artefact: value and standard uncertainty, in one unit."""

    laboratory: str
    value: float
    u: float
    included: bool = True
    """Whether it may contribute to the reference value."""


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """A reference value with its standard uncertainty, in the unit of the results."""

    value: float
    u: float
    method: str
    weights: tuple[float, ...]
    """Share of each result in the order given, 0 for those left out; NaN where the method isn't linear."""
    chi_squared: float | None = None
    """Observed chi-squared of the contributing results about a weighted mean, where the method tests it."""
    between_sd: float | None = None
    """Standard deviation between laboratories beyond their uncertainties, where the method has one."""
    rejected: tuple[str, ...] = ()
    """Laboratories left out as extreme by the method itself."""


def contributing(results: Sequence[Result], method: str, *, least: int = 2) -> tuple[Floats, Floats]:
    """Values and uncertainties of the included results.

    Raises TooFewResults, NotPositiveUncertainty, OutOfScale.
    """
    chosen = [r for r in results if r.included]
    check_uncertainties(chosen)
    if len(chosen) < least:
        raise TooFewResults(method=method, needed=least, n=len(chosen))
    return np.array([r.value for r in chosen]), np.array([r.u for r in chosen])


def check_uncertainties(results: Sequence[Result]) -> None:
    """Raises NotPositiveUncertainty for a result without finite value or positive uncertainty, and OutOfScale."""
    for r in results:
        if not (math.isfinite(r.value) and math.isfinite(r.u) and r.u > 0):
            raise NotPositiveUncertainty(laboratory=r.laboratory, u=r.u)
        if not (abs(r.value) < LARGEST and 1 / LARGEST < r.u < LARGEST):
            raise OutOfScale(laboratory=r.laboratory, value=r.value, u=r.u)


def spread_weights(results: Sequence[Result], weights: Floats) -> tuple[float, ...]:
    """Weights of the included results, put back in the order of all results."""
    share = iter(weights.tolist())
    return tuple(next(share) if r.included else 0.0 for r in results)
