"""Making the periods of a week independent and equally uncertain.

Each register is read at the boundaries of the periods, so its rounding and its clock stand in two neighbouring
periods with opposite signs; loss that scatters with the load makes periods of high load less certain. Both make a
tridiagonal covariance, whose factor is found and applied in one pass over time. Weeks are whitened each by
itself, which leaves the one shared reading between them out of account, and lets their statistics be added.

Source: Golub and Van Loan, Matrix Computations, 4.3.6 (symmetric tridiagonal factor).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats

Block: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Whitening:
    """What is assumed of the noise, in the unit of the node; chosen once per node, kept in its statistics."""

    white: float
    """Variance of every period alike: the masters' random error, scatter of a fixed loss [unit squared]."""
    load: float = 0.0
    """Variance per squared value of the first varying loss term: by it the loss of a period scatters."""
    boundary: float = 0.0
    """Variance at every boundary beyond the resolution of the registers: clocks [unit squared]."""


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """Lower bidiagonal factor of the covariance of each week."""

    diagonal: Floats
    """(weeks, m)."""
    below: Floats
    """(weeks, m) element left of the diagonal; 0 in the first column."""


def factor(diagonal: Floats, neighbour: Floats) -> Factor:
    """The factor of tridiagonal covariances.

    diagonal : (weeks, m) variances; neighbour : (weeks, m) covariance of a period with the one before it
    """
    d, below = np.empty_like(diagonal), np.zeros_like(diagonal)
    d[:, 0] = np.sqrt(diagonal[:, 0])
    for i in range(1, diagonal.shape[1]):
        below[:, i] = neighbour[:, i] / d[:, i - 1]
        d[:, i] = np.sqrt(diagonal[:, i] - below[:, i] ** 2)
    return Factor(d, below)


def whiten(of: Factor, columns: Block) -> None:
    """Solve factor @ white = columns, in place.

    columns : (weeks, m, k) one row per period
    """
    columns[:, 0] /= of.diagonal[:, 0, None]
    scale, carry = 1.0 / of.diagonal, of.below / of.diagonal
    for i in range(1, columns.shape[1]):
        columns[:, i] *= scale[:, i, None]
        columns[:, i] -= carry[:, i, None] * columns[:, i - 1]


def register_norms(of: Factor) -> Floats:
    """(weeks, m + 1) what an error of unit variance at each boundary adds to the whitened square of its column.

    Over a week's boundaries their sum is what a column's own rounding adds.
    """
    weeks, m = of.diagonal.shape
    boundaries = np.zeros((weeks, m, m + 1))
    steps = np.arange(m)
    boundaries[:, steps, steps] = -1.0
    boundaries[:, steps, steps + 1] = 1.0
    whiten(of, boundaries)
    return np.asarray((boundaries**2).sum(axis=1))


def period_norms(of: Factor) -> Floats:
    """(weeks, m) the same for an error of each period alone."""
    weeks, m = of.diagonal.shape
    periods = np.broadcast_to(np.eye(m), (weeks, m, m)).copy()
    whiten(of, periods)
    return np.asarray((periods**2).sum(axis=1))
