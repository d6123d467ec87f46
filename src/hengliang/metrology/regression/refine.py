"""Least squares by QR, refined in extended arithmetic until float64 holds all digits of the answer.

The refinement works on the augmented system I r + A x = b, A'r = c, so it converges at the rate of cond(A)
and not of its square. It gains nothing once cond(A) passes 1e15: such terms are refused as rank deficient.

Source: Björck, Numerical Methods for Least Squares Problems (SIAM 1996), 2.9.3.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.extended import Extended
from hengliang.metrology.regression.errors import RankDeficient

_STEPS = 12
_LARGE = 2_000_000  # entries of the design above which the plain QR answer must do
_WELL_CONDITIONED = 1e4  # plain inversion then keeps twelve digits


@dataclass(frozen=True, slots=True)
class Factored:
    """A design matrix with its columns scaled by powers of two, and its thin QR factors."""

    columns: tuple[Extended, ...]
    scale: Floats
    q: Floats
    r: Floats

    @property
    def size(self) -> tuple[int, int]:
        """Points and terms."""
        return self.q.shape[0], self.r.shape[0]


def factor(columns: tuple[Extended, ...], names: tuple[str, ...]) -> Factored:
    """The scaled columns and their QR factors.

    Raises RankDeficient, naming the term, when the points can't separate it from those before it.
    """
    norms = np.array([np.linalg.norm(c.high) or 1.0 for c in columns])
    scale = 2.0 ** -np.round(np.log2(norms))
    scaled = tuple(c * s for c, s in zip(columns, scale, strict=True))
    q, r = np.linalg.qr(np.column_stack([c.high for c in scaled]))
    small = np.abs(np.diag(r)) < 4 * np.finfo(float).eps
    if small.any():
        raise RankDeficient(term=names[int(np.argmax(small))])
    return Factored(scaled, scale, q, r)


def solve(system: Factored, b: Extended, c: Floats) -> tuple[Extended, Floats]:
    """Residuals r and solution x of I r + A x = b, A'r = c; c in the scaled terms, x in those given."""
    n, p = system.size
    r = Extended.of(np.zeros(n))
    x = Extended.of(np.zeros(p))
    last = np.inf
    for _ in range(_STEPS if n * p <= _LARGE else 1):
        step_r, step_x = _correction(system, *_defect(system, b, c, r, x))
        size = float(np.linalg.norm(step_x))
        if size >= last / 2:  # no longer gaining
            break
        r, x, last = r + step_r, x + step_x, size
    return r, x.values() * system.scale


def inverse_normal(system: Factored) -> Floats:
    """(A'A)^-1 in the terms as given, each column refined like a solution where the condition asks for it."""
    n, p = system.size
    if n * p > _LARGE or np.linalg.cond(system.r) < _WELL_CONDITIONED:
        half = np.linalg.inv(system.r) * system.scale[:, None]
        return np.asarray(half @ half.T)
    zero = Extended.of(np.zeros(n))
    columns = [solve(system, zero, -np.eye(p)[j])[1] * system.scale[j] for j in range(p)]
    inverse = np.column_stack(columns)
    return np.asarray((inverse + inverse.T) / 2)


def _defect(system: Factored, b: Extended, c: Floats, r: Extended, x: Extended) -> tuple[Floats, Floats]:
    rest = b - r
    for j, column in enumerate(system.columns):
        rest = rest - column * Extended(x.high[j], x.low[j])
    normal = [c[j] - (column * r).sum().to_float() for j, column in enumerate(system.columns)]
    return rest.values(), np.array(normal)


def _correction(system: Factored, f: Floats, g: Floats) -> tuple[Floats, Floats]:
    h = np.linalg.solve(system.r.T, g)
    d = system.q.T @ f - h
    step_x = np.linalg.solve(system.r, d)
    return np.asarray(f - system.q @ d), np.asarray(step_x)
