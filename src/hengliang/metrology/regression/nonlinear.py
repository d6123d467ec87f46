"""Nonlinear least squares by Levenberg and Marquardt; derivatives by complex step where the model allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.regression.errors import (
    NotConverged,
    NotFinite,
    RankDeficient,
    ShapeMismatch,
    TooFewPoints,
    require_finite,
)
from hengliang.metrology.regression.linear import LinearFit, cholesky

_DIFFERENCE_STEP = 6e-6  # cube root of the rounding of float64: central differences err least

Model: TypeAlias = Callable[[Any, Any], Any]
"""model(x, b) -> (n,): fitted values for parameters b (p,), real or complex."""

_BUDGETS = (400, 5000)  # every way is tried shortly before any is tried for long
# First damping, and whether a term's scale keeps its maximum (Moré) or follows the slopes (Marquardt). Tried
# in this order: far starts on exponentials leave the first one stranded where a slope has vanished.
_SCHEDULE = ((1e-3, True), (1e3, True), (0.1, False), (1e3, False))
_COMPLEX_STEP = 1e-100
_OFFSET = 1e-11  # relative offset below which the rest of the misfit is noise


@dataclass(slots=True, eq=False)
class _Problem:
    model: Model
    x: Any
    y: Floats
    whiten: Floats | None
    analytic: bool

    def residuals(self, b: Floats) -> Floats:
        """What the model leaves of y at parameters b, (n,), whitened where observations are correlated."""
        with np.errstate(all="ignore"):
            rest = self.y - np.asarray(self.model(self.x, b), dtype=float)
        return rest if self.whiten is None else np.asarray(np.linalg.solve(self.whiten, rest))

    def jacobian(self, b: Floats) -> Floats:
        """Slopes of the model at parameters b, (n, p), whitened like the residuals."""
        with np.errstate(all="ignore"):
            slopes = np.column_stack([self._slope(b, j) for j in range(len(b))])
        return slopes if self.whiten is None else np.asarray(np.linalg.solve(self.whiten, slopes))

    def _slope(self, b: Floats, j: int) -> Floats:
        if self.analytic:
            moved = b.astype(complex)
            moved[j] += 1j * _COMPLEX_STEP
            return np.asarray(self.model(self.x, moved)).imag / _COMPLEX_STEP
        h = _DIFFERENCE_STEP * (abs(b[j]) or 1.0)
        up, down = b.copy(), b.copy()
        up[j] += h
        down[j] -= h
        difference = np.asarray(self.model(self.x, up), dtype=float) - self.model(self.x, down)
        return np.asarray(difference / (up[j] - down[j]))


def fit_nonlinear(
    model: Model,
    x: Any,
    y: ArrayLike,
    start: Sequence[float],
    *,
    u: ArrayLike | None = None,
    covariance: ArrayLike | None = None,
    names: Sequence[str] | None = None,
) -> LinearFit:
    """Parameters b of y = model(x, b), and their covariance from the model linearised there.

    Parameters
    ----------
    model : takes x as given and b, shape (p,); must accept complex b for exact derivatives, else central
        differences serve (half the digits)
    y : (n,) readings
    start : (p,) first guess
    u, covariance : of the readings, as in `fit_linear`

    Raises TooFewPoints, ShapeMismatch, NotFinite (readings, or the model at the start), RankDeficient, NotConverged.

    Source: Moré, in Lecture Notes in Mathematics 630 (1978) 105 (scaling); Bates and Watts, Nonlinear
    Regression Analysis (1988), 2.2.3 (relative offset as the end); NIST StRD for the proof.

    >>> import numpy as np
    >>> x = np.arange(5.0)
    >>> fit_nonlinear(lambda x, b: b[0] * np.exp(b[1] * x), x, 2 * np.exp(-x), [1, 0]).coefficients.round(9)
    array([ 2., -1.])
    """
    readings, b = np.asarray(y, dtype=float), np.array(start, dtype=float)
    known = u is not None or covariance is not None
    if len(readings) < len(b) + (not known):
        raise TooFewPoints(n=len(readings), needed=f"{len(b)} parameters and a residual variance")
    require_finite("y", readings)
    problem = _Problem(model, x, readings, _lower(u, covariance), _takes_complex(model, x, b))
    b = _descend(problem, b)
    return _linearised(problem, b, tuple(names or (f"b{j}" for j in range(len(b)))), known)


def _lower(u: ArrayLike | None, covariance: ArrayLike | None) -> Floats | None:
    if covariance is not None:
        return cholesky(np.asarray(covariance, dtype=float), "the readings")
    return None if u is None else cholesky(np.diag(np.square(np.asarray(u, dtype=float))), "the readings")


def _takes_complex(model: Model, x: Any, b: Floats) -> bool:
    try:
        with np.errstate(all="ignore"):
            return bool(np.iscomplexobj(model(x, b.astype(complex) + 1j * _COMPLEX_STEP)))
    except (TypeError, ValueError):
        return False


def _descend(problem: _Problem, start: Floats) -> Floats:
    with np.errstate(all="ignore"):
        fitted = np.asarray(problem.model(problem.x, start))
    if fitted.shape != problem.y.shape:
        raise ShapeMismatch(what="what the model gives", got=fitted.size, expected=problem.y.size)
    rest = problem.residuals(start)
    if not np.isfinite(rest).all():
        raise NotFinite(what="the model at the start", index=int(np.argmin(np.isfinite(rest))))
    with np.errstate(all="ignore"):
        for steps, (damping, keep) in product(_BUDGETS, _SCHEDULE):
            found = _attempt(problem, start, steps, damping, keep)
            if found is not None:
                return _polish(problem, found)
    raise NotConverged(iterations=sum(_BUDGETS) * len(_SCHEDULE), rss=float(rest @ rest))


def _attempt(problem: _Problem, b: Floats, steps: int, damping: float, keep: bool) -> Floats | None:
    """A minimum reached from b, or None when the steps died out elsewhere."""
    rest, slopes = problem.residuals(b), problem.jacobian(b)
    scale, growth = _norms(slopes), 2.0
    for _ in range(steps):
        step = _step(slopes, rest, np.sqrt(damping) * scale)
        trial = problem.residuals(b + step)
        gain = _gain(rest, trial, slopes, step)
        if gain > 0:
            b, rest, slopes = b + step, trial, problem.jacobian(b + step)
            scale = np.maximum(scale, _norms(slopes)) if keep else _norms(slopes)
            damping, growth = damping * max(1 / 3, 1 - (2 * gain - 1) ** 3), 2.0
            if _offset(slopes, rest) < _OFFSET:
                return b
        elif np.all(np.abs(step) <= 1e-15 * np.abs(b)) or damping > 1e40:
            break
        else:
            damping, growth = damping * growth, growth * 2.0
    return b if _is_minimum(problem, rest, slopes) else None


def _is_minimum(problem: _Problem, rest: Floats, slopes: Floats) -> bool:
    """What is left is orthogonal to every term that still has a slope, or is rounding."""
    norms = np.linalg.norm(slopes, axis=0)
    alive = bool((norms > 0).all() and np.linalg.cond(slopes / norms) < 1e14)
    exact = float(rest @ rest) <= 1e-24 * float(problem.y @ problem.y)
    return alive and (exact or _offset(slopes, rest) < 1e-4)


def _step(slopes: Floats, rest: Floats, damping: Floats) -> Floats:
    stacked = np.vstack([slopes, np.diag(damping)])
    q, r = np.linalg.qr(stacked)
    target = q.T @ np.concatenate([rest, np.zeros(len(damping))])
    try:
        return np.asarray(np.linalg.solve(r, target))
    except np.linalg.LinAlgError:
        return np.zeros(len(damping))


def _gain(rest: Floats, trial: Floats, slopes: Floats, step: Floats) -> float:
    """Actual over predicted decrease of the sum of squares; negative when the model broke down."""
    if not (np.isfinite(trial).all() and np.isfinite(step).all() and step.any()):
        return -1.0
    predicted = float(rest @ rest - np.sum((rest - slopes @ step) ** 2))
    actual = float((rest - trial) @ (rest + trial))
    return min(actual / predicted, 2.0) if predicted > 0 else -1.0


def _norms(slopes: Floats) -> Floats:
    norms = np.linalg.norm(slopes, axis=0)
    return np.where(norms > 0, norms, 1.0)


def _offset(slopes: Floats, rest: Floats) -> float:
    size = float(np.linalg.norm(rest))
    if size == 0.0 or not np.isfinite(slopes).all():
        return 0.0 if size == 0.0 else np.inf
    q, _ = np.linalg.qr(slopes)
    return float(np.linalg.norm(q.T @ rest)) / size


def _polish(problem: _Problem, b: Floats) -> Floats:
    """Undamped steps while they keep shrinking: the last digits that float64 holds."""
    last = np.inf
    for _ in range(10):
        slopes = problem.jacobian(b)
        step = _step(slopes, problem.residuals(b), np.zeros(len(b)))
        size = float(np.linalg.norm(step / np.where(b, np.abs(b), 1.0)))
        if not np.isfinite(size) or size >= last / 2:
            break
        b, last = b + step, size
    return b


def _linearised(problem: _Problem, b: Floats, names: tuple[str, ...], known: bool) -> LinearFit:
    rest, slopes = problem.residuals(b), problem.jacobian(b)
    scale = _norms(slopes)
    _, r = np.linalg.qr(slopes / scale)
    small = np.abs(np.diag(r)) < len(b) * np.finfo(float).eps
    if small.any():
        raise RankDeficient(term=names[int(np.argmax(small))])
    inverse = np.linalg.inv(r) / scale[:, None]
    rss = float(rest @ rest)
    nu = len(rest) - len(b)
    spread = problem.y - problem.y.mean()
    covariance = inverse @ inverse.T * (1.0 if known else rss / nu)
    return LinearFit(names, b, covariance, rest, rss, float(spread @ spread), not known)
