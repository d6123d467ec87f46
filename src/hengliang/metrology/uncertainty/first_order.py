"""The law of propagation of uncertainty, first order.

Source: JCGM 100:2008, 5.1.2 and 5.2.2, eqs. (10) and (13); G.4.1, eq. (G.2b); JCGM 102:2011, 6.2;
JJF 1059.1-2012, 4.4.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.correlation import groups
from hengliang.metrology.uncertainty.coverage import k_student
from hengliang.metrology.uncertainty.errors import DegreesOfFreedomUnknown, InputError, NotFiniteAtEstimates
from hengliang.metrology.uncertainty.inputs import Input
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.uncertainty.outputs import Outputs

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expanded:
    """An expanded uncertainty U = k u_c [unit of the output], with what it rests on."""

    value: float
    U: float
    k: float
    p: float | None
    dof: float

    @property
    def interval(self) -> tuple[float, float]:
        """The coverage interval y ± U."""
        return self.value - self.U, self.value + self.U


@dataclass(frozen=True, slots=True)
class Contribution:
    """One row of a budget: input, sensitivity c, contribution c u [unit of the output], share of u_c²."""

    input: Input
    sensitivity: float
    contribution: float
    share: float


class LinearOutput:
    """One output: estimate, combined standard uncertainty, degrees of freedom, and where they come from."""

    def __init__(
        self,
        name: str,
        value: float,
        sensitivities: Sequence[float],
        inputs: Sequence[Input],
        r: Matrix | None,
    ) -> None:
        self.name, self.value = name, value
        self.sensitivities, self.inputs, self._r = sensitivities, inputs, r
        self._parts = [c * i.u for c, i in zip(sensitivities, inputs, strict=True)]

    @cached_property
    def u(self) -> float:
        """Combined standard uncertainty u_c [unit of the output]."""
        if self._r is None:
            return math.hypot(*self._parts)
        parts = np.array(self._parts)
        return math.sqrt(max(0.0, float(parts @ self._r @ parts)))

    @property
    def relative_u(self) -> float:
        """u_c/|y|."""
        return self.u / abs(self.value) if self.value else math.inf

    @cached_property
    def dof(self) -> float:
        """Effective degrees of freedom by Welch-Satterthwaite; infinite when every u is exactly known.

        Inputs that share a cause count once, by the cause. Inputs correlated by a stated coefficient count
        as one component if their degrees of freedom are equal (they come from the same readings); else
        DegreesOfFreedomUnknown is raised.
        Source: JCGM 100:2008, G.4.1, eq. (G.2b); G.4.2 for the equal case.
        """
        if all(math.isinf(i.dof) and not i.shares for i in self.inputs):
            return math.inf
        components = self._components()
        bottom = math.fsum(part**4 / dof for part, dof in components)
        return self.u**4 / bottom if bottom else math.inf

    def expanded(self, *, p: float | None = None, k: float | None = None) -> Expanded:
        """U = k u_c (k = 2 by default), or U_p with k from t and ν_eff for a given p.

        Raises InputError, DegreesOfFreedomUnknown (for p).
        Source: JCGM 100:2008, 6.2 and G.6.4; JJF 1059.1-2012, 4.5.
        """
        if k is not None and p is not None:
            raise InputError(name="k", reason="give k or p, not both: each determines the other")
        if p is None:
            k = 2.0 if k is None else k
            if not 0 < k < math.inf:
                raise InputError(name="k", reason=f"a coverage factor is positive and finite, got {k}")
            return Expanded(self.value, k * self.u, k, None, self._dof_if_known())
        factor = k_student(p, self.dof)
        return Expanded(self.value, factor * self.u, factor, p, self.dof)

    def contributions(self) -> tuple[Contribution, ...]:
        """The rows of the budget. Shares of u_c² add up to 1; the part of correlation is split evenly."""
        parts = np.array(self._parts)
        mixed = parts if self._r is None else self._r @ parts
        shares = parts * mixed / self.u**2 if self.u else parts * 0.0
        rows = zip(self.inputs, self.sensitivities, self._parts, shares.tolist(), strict=True)
        return tuple(Contribution(*row) for row in rows)

    @property
    def correlation(self) -> Matrix | None:
        """Correlation matrix of the inputs, shape (n, n), or None when they are independent."""
        return self._r

    def without(self, position: int) -> tuple[float, float]:
        """u_c² without the input at `position`, and how that input's sign mixes with the correlated others.

        The second figure is Σ r c_j u_j over the others, times the sign of the input's sensitivity.
        """
        parts = np.array(self._parts)
        parts[position] = 0.0
        if self._r is None:
            return float(parts @ parts), 0.0
        mixed = float(self._r[position] @ parts) * math.copysign(1.0, self.sensitivities[position])
        return max(0.0, float(parts @ self._r @ parts)), mixed

    def causes(self, origin: str = "") -> dict[str, tuple[float, float]]:
        """Signed contribution and degrees of freedom by cause; what has no key goes by `origin`/name."""
        found: dict[str, tuple[float, float]] = {}
        for c, one in zip(self.sensitivities, self.inputs, strict=True):
            for key, (part, dof) in _causes_of(one, origin).items():
                found[key] = (found.get(key, (0.0, 0.0))[0] + c * part, dof)
        return found

    def _components(self) -> list[tuple[float, float]]:
        if any(i.key or i.shares for i in self.inputs):
            return list(self.causes().values())
        if self._r is None:
            return [(part, i.dof) for part, i in zip(self._parts, self.inputs, strict=True)]
        return [self._group(group) for group in groups(self._r)]

    def _group(self, group: list[int]) -> tuple[float, float]:
        dofs = {self.inputs[i].dof for i in group}
        if len(dofs) > 1:
            names = ", ".join(self.inputs[i].name for i in group)
            raise DegreesOfFreedomUnknown(names=names)
        parts = np.array(self._parts)[group]
        r = np.eye(len(group)) if self._r is None else self._r[np.ix_(group, group)]
        return math.sqrt(max(0.0, float(parts @ r @ parts))), dofs.pop()

    def _dof_if_known(self) -> float:
        try:
            return self.dof
        except DegreesOfFreedomUnknown:
            return math.nan


class FirstOrder(Outputs[LinearOutput]):
    """The outputs of a first-order evaluation, with their covariance.

    With one output, `value`, `u`, `dof`, `expanded` and `contributions` speak of it; with several, name one:
    `result["R"]`.
    """

    def __init__(self, outputs: Sequence[LinearOutput], r: Matrix | None) -> None:
        self.outputs = tuple(outputs)
        self._r = r

    @property
    def dof(self) -> float:
        """Effective degrees of freedom of the single output."""
        return self.only.dof

    def expanded(self, *, p: float | None = None, k: float | None = None) -> Expanded:
        """Expanded uncertainty of the single output; see `LinearOutput.expanded`."""
        return self.only.expanded(p=p, k=k)

    def contributions(self) -> tuple[Contribution, ...]:
        """Budget rows of the single output."""
        return self.only.contributions()

    @cached_property
    def values(self) -> Matrix:
        """Estimates of all outputs, shape (m,)."""
        return np.array([o.value for o in self.outputs])

    @cached_property
    def covariance(self) -> Matrix:
        """Covariance matrix of the outputs, shape (m, m). Source: JCGM 102:2011, 6.2.1.3, eq. (3)."""
        parts = np.array([[c * i.u for c, i in zip(o.sensitivities, o.inputs, strict=True)] for o in self.outputs])
        return np.asarray(parts @ parts.T if self._r is None else parts @ self._r @ parts.T)

    @cached_property
    def correlation(self) -> Matrix:
        """Correlation matrix of the outputs, shape (m, m)."""
        u = np.sqrt(np.diag(self.covariance))
        return np.asarray(self.covariance / np.outer(u, u))


def propagate(model: Model, inputs: Sequence[Input], r: Matrix | None) -> FirstOrder:
    """First-order evaluation at the estimates of the inputs (in the model's order).

    r : correlation matrix of the inputs, shape (n, n), or None when independent
    Raises NotFiniteAtEstimates.
    """
    numbers = model.jacobian_tape.point([i.value for i in inputs])
    if not all(map(math.isfinite, numbers)):
        _refuse(model, inputs, numbers)
    m, n = len(model.outputs), len(inputs)
    outputs = [
        LinearOutput(name, numbers[row], numbers[m + row * n : m + (row + 1) * n], inputs, r)
        for row, name in enumerate(model.outputs)
    ]
    return FirstOrder(outputs, r)


def _refuse(model: Model, inputs: Sequence[Input], numbers: Sequence[float]) -> None:
    value_is_finite = all(map(math.isfinite, numbers[: len(model.outputs)]))
    estimates = ", ".join(f"{i.name} = {i.value:g}" for i in inputs)
    raise NotFiniteAtEstimates(what="derivative" if value_is_finite else "value", estimates=estimates)


def _causes_of(one: Input, origin: str) -> dict[str, tuple[float, float]]:
    causes = {key: (share.u, share.dof) for key, share in one.causes.items()}
    own = one.u**2 - math.fsum(part**2 for part, _ in causes.values())
    if own > 1e-12 * one.u**2:
        causes[f"{origin}/{one.name}"] = (math.sqrt(own), one.dof)
    return causes
