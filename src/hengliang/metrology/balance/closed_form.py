"""The closed form for many nodes of daily data, and running sums that a day is added to.

Ridge with one prior spread, the losses projected out; no whitening, no kinds of meters: what a province can hold
of all its nodes every night, before the full estimator looks at those that stand out.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats

LEAF = 64  # rows below which a triangle is inverted in one piece


@dataclass(frozen=True, slots=True, eq=False)
class ClosedForm:
    """A node's meters by the closed form, in δ."""

    delta: Floats
    """(n,)."""
    uncertainty: Floats
    """(n,) posterior standard uncertainty."""
    sigma2: float


def closed_form(columns: Floats, losses: int, spread: float) -> ClosedForm:
    """δ of every meter of a node.

    columns : (T, p + n + 1) p loss terms, signed increments of n meters, and the inflow less the sum of the meters
    losses : p; spread : prior standard deviation of δ

    Source: Hoerl and Kennard, Technometrics 12 (1970) 55; the noise variance from the residual of the fit without
    meters, less what the prior explains.
    """
    return solve(columns.T @ columns, len(columns), losses, spread)


def solve(gram: Floats, periods: int, losses: int, spread: float) -> ClosedForm:
    """The closed form from sums: (p + n + 1, p + n + 1) columnsᵀ columns over `periods` periods, as `closed_form`.

    One factor does all: losses first, they are projected out of what follows; the residual last, it is solved for.
    """
    from scipy.linalg.lapack import dpotrf

    whole = gram.copy()
    diagonal = whole.ravel()[:: len(gram) + 1]
    taken = np.zeros(len(gram))
    if losses:
        lead = np.linalg.cholesky(gram[:losses, :losses])
        taken = (np.linalg.solve(lead, gram[:losses]) ** 2).sum(axis=0)
    left, free = diagonal - taken, max(periods - losses, 1)
    sigma2 = float(max(left[-1] - spread**2 * left[losses:-1].sum(), left[-1] / free) / free)
    diagonal[losses:-1] += sigma2 / spread**2
    root = dpotrf(whole.T, lower=1, overwrite_a=1, clean=1)[0]
    low = _inverse(root[losses:-1, losses:-1])
    return ClosedForm(root[-1, losses:-1] @ low, np.sqrt(sigma2 * np.einsum("ij,ij->j", low, low)), sigma2)


def _inverse(root: Floats) -> Floats:
    """Inverse of a lower triangle by halves, so that nearly all of it is matrix products."""
    from scipy.linalg.lapack import dtrtri

    n = len(root)
    if n <= LEAF:
        return np.asarray(dtrtri(root, lower=1)[0])
    half = n // 2
    first, last = _inverse(root[:half, :half]), _inverse(root[half:, half:])
    out = np.zeros((n, n), order="F")
    out[:half, :half], out[half:, half:] = first, last
    out[half:, :half] = -(last @ (root[half:, :half] @ first))
    return out


def empty_sums(columns: int) -> Floats:
    """(m (m + 1) / 2,) the upper triangle, packed, of the sums of no day."""
    return np.zeros(columns * (columns + 1) // 2)


def add_day(sums: Floats, row: Floats) -> Floats:
    """The packed sums with one more day, in place.

    row : (m,) what `closed_form` takes as a row of its columns
    """
    from scipy.linalg.blas import dspr

    return np.asarray(dspr(len(row), 1.0, row, sums, overwrite_ap=1))


def unpacked(sums: Floats) -> Floats:
    """(m, m) the sums as `solve` takes them."""
    m = int((np.sqrt(8.0 * len(sums) + 1.0) - 1.0) / 2.0)
    out = np.zeros((m, m))
    lower = np.tril_indices(m)
    out[lower] = sums
    return np.asarray(out + np.tril(out, -1).T)
