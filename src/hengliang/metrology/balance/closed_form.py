"""The closed form for many nodes of daily data, and running sums that a day is added to.

Ridge with one prior spread, the losses projected out; no whitening, no kinds of meters: what a province can hold
of all its nodes every night, before the full estimator looks at those that stand out.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ClosedForm:
    """A node's meters by the closed form, in δ."""

    delta: Floats
    """(n,)."""
    uncertainty: Floats
    """(n,) posterior standard uncertainty."""
    sigma2: float


def closed_form(columns: Floats, meters: int, spread: float) -> ClosedForm:
    """δ of every meter of a node.

    columns : (T, n + p + 1) signed increments of the n meters, p loss terms, and the inflow less the sum of the meters
    spread : prior standard deviation of δ

    Source: Hoerl and Kennard, Technometrics 12 (1970) 55; the noise variance from the residual of the fit without
    meters, less what the prior explains.
    """
    return solve(columns.T @ columns, len(columns), meters, spread)


def solve(gram: Floats, periods: int, meters: int, spread: float) -> ClosedForm:
    """The closed form from sums: (n + p + 1, n + p + 1) columnsᵀ columns over `periods` periods."""
    from scipy.linalg.lapack import dpotrf, dtrtri

    n, losses = meters, gram.shape[0] - meters - 1
    both = gram[n:-1, [*range(n), -1]]
    crossed = np.linalg.solve(gram[n:-1, n:-1], both) if losses else both
    a = gram[:n, :n] - both[:, :n].T @ crossed[:, :n]
    b = gram[:n, -1] - both[:, :n].T @ crossed[:, -1]
    square = float(gram[-1, -1] - both[:, -1] @ crossed[:, -1])
    free = max(periods - losses, 1)
    size = float(np.trace(a))
    sigma2 = max(square - spread**2 * size, square / free) / free
    shifted = np.asfortranarray(a)
    shifted[np.diag_indices(n)] += sigma2 / spread**2
    root = dpotrf(shifted, lower=1, overwrite_a=1, clean=1)[0]
    low = dtrtri(root, lower=1, overwrite_c=1)[0]
    delta = low.T @ (low @ b)
    return ClosedForm(delta, np.sqrt(sigma2 * np.einsum("ij,ij->j", low, low)), sigma2)


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
