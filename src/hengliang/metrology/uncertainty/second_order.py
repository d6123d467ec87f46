"""The law of propagation with second-order terms, for models that are not nearly linear.

Source: JCGM 100:2008, 5.1.2 note and H.1.7, for independent inputs; the general form for jointly normal
inputs, with covariance V, gradient g, Hessian H: u² = gᵀVg + ½ tr(HVHV) + gᵀV ∇tr(HV), which gives the GUM's
terms [½ f_ij² + f_i f_ijj] u_i² u_j² where V is diagonal.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.differentiate import gradient
from hengliang.metrology.uncertainty.errors import NotFiniteAtEstimates, SeriesDoesNotHold
from hengliang.metrology.uncertainty.expression import Node
from hengliang.metrology.uncertainty.first_order import LinearOutput, propagate
from hengliang.metrology.uncertainty.inputs import Input
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.uncertainty.tape import Tape

Floats = NDArray[np.float64]
_ROUNDING = 1e-9  # of the first-order variance


@dataclass(frozen=True, slots=True)
class SecondOrder:
    """An output with its second-order terms.

    u : standard uncertainty with second-order terms
    first : the first-order evaluation it extends
    bias : ½ tr(HV), the amount by which the mean of the output exceeds f at the estimates
    """

    name: str
    value: float
    u: float
    first: LinearOutput
    bias: float


def second_order(model: Model, inputs: Sequence[Input], r: Floats | None) -> tuple[SecondOrder, ...]:
    """Every output with second-order terms, as if the inputs were normal.

    r : correlation matrix of the inputs, shape (n, n), or None
    Raises NotFiniteAtEstimates, SeriesDoesNotHold.
    """
    u = np.array([i.u for i in inputs])
    covariance = np.outer(u, u) * (np.eye(len(u)) if r is None else r)
    linear = propagate(model, inputs, r).outputs
    terms = (_terms(model, row, inputs, covariance) for row in range(len(model.outputs)))
    return tuple(
        SecondOrder(first.name, first.value, _deviation(first, extra, inputs), first, bias)
        for first, (extra, bias) in zip(linear, terms, strict=True)
    )


def _deviation(first: LinearOutput, extra: float, inputs: Sequence[Input]) -> float:
    variance = first.u**2 + extra
    if not math.isfinite(variance):
        estimates = ", ".join(f"{i.name} = {i.value:g}" for i in inputs)
        raise NotFiniteAtEstimates(what="second or third derivative", estimates=estimates)
    if variance < -_ROUNDING * first.u**2:
        raise SeriesDoesNotHold(name=first.name, variance=variance)
    return math.sqrt(max(0.0, variance))


def _terms(model: Model, row: int, inputs: Sequence[Input], covariance: Floats) -> tuple[float, float]:
    """The second-order part of u², and the bias."""
    n = len(inputs)
    trace = _trace(model.hessians[row], covariance)
    nodes = [trace.graph.input(name) for name in model.inputs]
    hessian = [d for line in model.hessians[row] for d in line]
    tape = Tape(model.inputs, [trace, *gradient(trace, nodes), *model.gradients[row], *hessian])
    numbers = np.array(tape.point([i.value for i in inputs]))
    slope, g, h = numbers[1 : n + 1], numbers[n + 1 : 2 * n + 1], numbers[2 * n + 1 :].reshape(n, n)
    spread = h @ covariance
    return float(0.5 * np.sum(spread * spread.T) + g @ covariance @ slope), float(numbers[0] / 2)


def _trace(hessian: Sequence[Sequence[Node]], covariance: Floats) -> Node:
    """tr(HV) as an expression, so that its gradient, the third derivatives, comes exactly."""
    graph = hessian[0][0].graph
    total = graph.constant(0)
    for i, j in np.argwhere(covariance):
        total = total + hessian[i][j] * float(covariance[i, j])
    return total
