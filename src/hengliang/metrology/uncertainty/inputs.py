"""Input quantities as records: what a budget stores, signs and re-runs."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from hengliang.metrology.uncertainty.distributions import Constant, Distribution, Normal, StudentT
from hengliang.metrology.uncertainty.errors import InputError

NOTHING: Mapping[str, "Share"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a standard uncertainty that comes from one named cause; signed, in the input's unit."""

    u: float
    dof: float = math.inf


@dataclass(frozen=True, slots=True)
class Input:
    """One input quantity X_i.

    name : as in the model
    distribution : what is known of the value, in `unit`
    dof : degrees of freedom of u; infinite when u is exactly known
    unit : for people, and for the check of units when the budget states one
    evaluation : "A" (statistics of readings) or "B" (other information)
    source : certificate number, data set, data sheet
    key : stable id of the cause. Inputs of one key, in whatever budgets, are one quantity, so that the
        results are correlated. Without a key the input is a cause of its own.
    shares : for an input that is itself a result: what its uncertainty consists of, by key

    Source: JCGM 100:2008, 4.1.6; JJF 1059.1-2012, 4.3.
    """

    name: str
    distribution: Distribution
    dof: float = math.inf
    unit: str | None = None
    evaluation: Literal["A", "B"] = "B"
    source: str = ""
    description: str = ""
    key: str | None = None
    shares: Mapping[str, Share] = field(default_factory=lambda: NOTHING)

    def __post_init__(self) -> None:
        for what, text in (("name", self.name), ("source", self.source), ("description", self.description)):
            if not isinstance(text, str):
                raise InputError(name=str(self.name), reason=f"its {what} is text, got {text!r}")
        for what, maybe in (("unit", self.unit), ("key", self.key)):
            if maybe is not None and not isinstance(maybe, str):
                raise InputError(name=self.name, reason=f"its {what} is text or None, got {maybe!r}")
        if self.evaluation not in ("A", "B"):
            raise InputError(name=self.name, reason=f'its evaluation is "A" or "B", got {self.evaluation!r}')
        if not self.dof > 0:
            raise InputError(name=self.name, reason=f"degrees of freedom must be positive, got {self.dof}")
        if self.key and self.shares:
            raise InputError(name=self.name, reason="has a key of its own and shares of others; give one")

    @property
    def value(self) -> float:
        """The best estimate [unit]."""
        return self.distribution.mean

    @property
    def u(self) -> float:
        """The standard uncertainty [unit]."""
        return self.distribution.u

    @property
    def causes(self) -> Mapping[str, Share]:
        """Named causes of the uncertainty; empty for an input that shares none."""
        return {self.key: Share(self.u, self.dof)} if self.key else self.shares


def require_inputs(inputs: object) -> None:
    """Raises InputError unless `inputs` is a list of input records.

    Source: of our own.
    """
    if isinstance(inputs, str | Mapping) or not isinstance(inputs, Iterable):
        raise InputError(name="inputs", reason=f"give a list of input records, got {type(inputs).__name__}")
    for one in inputs:
        if not isinstance(one, Input):
            raise InputError(name=repr(one)[:40], reason="is no input record; make it by quantity(…) or Input(…)")


def quantity(
    name: str,
    value: float,
    u: float = 0.0,
    *,
    dof: float = math.inf,
    unit: str | None = None,
    evaluation: Literal["A", "B"] = "B",
    source: str = "",
    description: str = "",
    key: str | None = None,
) -> Input:
    """An input stated as estimate and standard uncertainty: normal; t if `dof` is finite; constant if u = 0.

    Raises InputError.

    >>> quantity("d", 215, 9.7, dof=25.6, unit="nm").distribution.kind
    't'
    """
    if not 0 <= u < math.inf:
        raise InputError(name=name, reason=f"a standard uncertainty is finite and not negative, got {u}")
    distribution: Distribution
    if u == 0:
        distribution = Constant(float(value))
    elif math.isinf(dof):
        distribution = Normal(float(value), float(u))
    else:
        distribution = StudentT(float(value), float(u), float(dof))
    return Input(name, distribution, float(dof), unit, evaluation, source, description, key)


def dof_from_reliability(relative_uncertainty_of_u: float) -> float:
    """Degrees of freedom of a Type B evaluation whose u is known to within ±`relative_uncertainty_of_u`.

    Source: JCGM 100:2008, G.4.2, eq. (G.3); JJF 1059.1-2012, 4.3.3.5.

    >>> dof_from_reliability(0.1)
    50.0
    """
    if not 0 <= relative_uncertainty_of_u < math.inf:
        raise InputError(name="dof", reason="the relative uncertainty of u is a finite number, not negative")
    return math.inf if relative_uncertainty_of_u == 0 else round(0.5 / relative_uncertainty_of_u**2, 12)
