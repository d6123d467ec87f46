"""Thousands of points at once: the same model at arrays of estimates and uncertainties.

This is what makes it cheap to evaluate anew every certificate that a corrected standard has touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hengliang.metrology.uncertainty.correlation import Pairs, correlation_matrix
from hengliang.metrology.uncertainty.errors import InputError, InputsMismatch
from hengliang.metrology.uncertainty.inputs import quantity
from hengliang.metrology.uncertainty.model import Model

Floats = NDArray[np.float64]
CHUNK = 4096  # points; the intermediate arrays of a model then stay in cache


@dataclass(frozen=True, slots=True)
class Batch:
    """One output at n points: estimates, combined standard uncertainties, degrees of freedom, all (n,).

    Where the model has no value or derivative, the point is NaN.
    """

    value: Floats
    u: Floats
    dof: Floats


def propagate_batch(
    model: Model,
    values: Mapping[str, ArrayLike],
    u: Mapping[str, ArrayLike],
    *,
    dof: Mapping[str, ArrayLike] | None = None,
    correlations: Pairs | None = None,
) -> dict[str, Batch]:
    """First-order evaluation at n points, one `Batch` per output.

    values, u : by input name; numbers or arrays (n,) that broadcast. Inputs missing in `u` are exact.
    dof : degrees of freedom by input name; missing ones are infinite
    correlations : coefficients by pairs of names, the same at every point; the degrees of freedom are then
        NaN, since Welch-Satterthwaite asks for independent inputs
    Raises InputsMismatch, InputError, CorrelationError.
    Source: JCGM 100:2008, 5.1.2 and 5.2.2, eqs. (10) and (13); G.4.1.
    """
    model.require(values)
    correlations = correlations or {}
    # The same checks as for a budget: names, bounds, and whether they are possible together.
    correlation_matrix([quantity(name, 0.0, 1.0) for name in model.inputs], correlations)
    shape = _shape(values, u, dof or {})
    n = int(np.prod(shape, dtype=int))
    columns = _Columns(model, values, u, dof or {}, correlations, shape)
    results = {name: Batch(*(np.empty(n) for _ in range(3))) for name in model.outputs}
    for start in range(0, n, CHUNK):
        _fill(model, columns, slice(start, min(start + CHUNK, n)), results)
    return results


class _Columns:
    """The arrays of a batch, broadcast without copying and cut into chunks."""

    def __init__(
        self,
        model: Model,
        values: Mapping[str, ArrayLike],
        u: Mapping[str, ArrayLike],
        dof: Mapping[str, ArrayLike],
        correlations: Pairs,
        shape: tuple[int, ...],
    ) -> None:
        def column(source: Mapping[str, ArrayLike], name: str, missing: float) -> Floats:
            """One input over the whole batch, flat; `missing` where the caller gave none."""
            return np.asarray(np.broadcast_to(np.asarray(source.get(name, missing), dtype=float), shape).ravel())

        self.values = [column(values, name, 0.0) for name in model.inputs]
        self.u = [column(u, name, 0.0) for name in model.inputs]
        self.dof = [column(dof, name, np.inf) if name in dof else None for name in model.inputs]
        self.pairs = [(model.inputs.index(a), model.inputs.index(b), r) for (a, b), r in correlations.items()]


def _shape(
    values: Mapping[str, ArrayLike], u: Mapping[str, ArrayLike], dof: Mapping[str, ArrayLike]
) -> tuple[int, ...]:
    unused = [name for name in (*u, *dof) if name not in values]
    if unused:
        raise InputsMismatch(missing=[], unused=unused, twice=[])
    for name, given in u.items():
        if (np.asarray(given, dtype=float) < 0).any():
            raise InputError(name=name, reason="a standard uncertainty is not negative")
    for name, given in dof.items():
        if not (np.asarray(given, dtype=float) > 0).all():
            raise InputError(name=name, reason="degrees of freedom must be positive")
    try:
        return np.broadcast_shapes(*(np.shape(v) for v in (*values.values(), *u.values(), *dof.values())))
    except ValueError:
        sizes = ", ".join(f"{name}: {np.size(v)}" for name, v in values.items())
        raise InputError(name="values", reason=f"give as many of each, or one for all points; got {sizes}") from None


def _fill(model: Model, columns: _Columns, part: slice, results: Mapping[str, Batch]) -> None:
    numbers = model.jacobian_tape.arrays([v[part] for v in columns.values])
    m, n = len(model.outputs), len(model.inputs)
    with np.errstate(all="ignore"):
        for row, batch in enumerate(results.values()):
            batch.value[part] = numbers[row]
            slopes = numbers[m + row * n : m + (row + 1) * n]
            _spread(slopes, columns, part, batch)


def _spread(slopes: list[Floats | float], columns: _Columns, part: slice, batch: Batch) -> None:
    variance, fourth = batch.u[part], batch.dof[part]
    variance[:] = 0.0
    fourth[:] = np.nan if columns.pairs else 0.0
    parts: list[Floats | float] = []
    for c, u, dof in zip(slopes, columns.u, columns.dof, strict=True):
        one = c * u[part]
        parts.append(one)
        square = one * one
        variance += square
        if dof is not None:
            fourth += square * square / dof[part]
    for a, b, r in columns.pairs:
        variance += 2 * r * parts[a] * parts[b]
    np.divide(variance * variance, fourth, out=fourth)
    # 0/0: no uncertainty at all, or none with finite degrees of freedom.
    if not columns.pairs:
        fourth[np.isnan(fourth)] = np.inf
    np.sqrt(variance, out=variance)
