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
    from scipy.linalg.blas import dsyrk

    return _solved(dsyrk(1.0, columns.T, lower=1), len(columns), losses, spread)


def solve(gram: Floats, periods: int, losses: int, spread: float) -> ClosedForm:
    """The closed form from sums, of which the lower triangle is read.

    gram : (p + n + 1, p + n + 1) columnsᵀ columns over `periods` periods, as `closed_form`
    """
    return _solved(np.array(gram, order="F"), periods, losses, spread)


def _solved(whole: Floats, periods: int, losses: int, spread: float) -> ClosedForm:
    """The closed form in the place of its sums.

    One factor does all: losses first, they are projected out of what follows; the residual last, it is solved for.
    """
    from scipy.linalg.lapack import dpotrf

    diagonal = whole.ravel(order="K")[:: len(whole) + 1]
    left, free = diagonal - _taken(whole, losses), max(periods - losses, 1)
    sigma2 = float(max(left[-1] - spread**2 * left[losses:-1].sum(), left[-1] / free) / free)
    diagonal[losses:-1] += sigma2 / spread**2
    root = dpotrf(whole, lower=1, overwrite_a=1, clean=1)[0]
    low = _inverse(root[losses:-1, losses:-1])
    return ClosedForm(root[-1, losses:-1] @ low, np.sqrt(sigma2 * np.einsum("ij,ij->j", low, low)), sigma2)


def _taken(whole: Floats, losses: int) -> Floats:
    """(m,) what the losses explain of each column's square."""
    from scipy.linalg.blas import dtrsm
    from scipy.linalg.lapack import dpotrf

    if not losses:
        return np.zeros(len(whole))
    lead = dpotrf(whole[:losses, :losses], lower=1, clean=1)[0]
    explained = dtrsm(1.0, lead, whole[:, :losses].T, lower=1)
    return np.asarray(np.einsum("ij,ij->j", explained, explained))


def _inverse(root: Floats) -> Floats:
    """Inverse of a lower triangle by halves, so that nearly all of it is matrix products."""
    from scipy.linalg.lapack import dtrtri

    n = len(root)
    if n <= LEAF:
        return np.asarray(dtrtri(root, lower=1)[0])
    half = n // 2
    first, last = _inverse(root[:half, :half]), _inverse(root[half:, half:])
    out = np.empty((n, n), order="F")
    out[:half, :half], out[half:, half:] = first, last
    out[:half, half:] = 0.0
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
