"""The budget: a model with its inputs. One object gives every evaluation, and can be stored and re-run."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.clause_8 import Comparison, compare
from hengliang.metrology.uncertainty.correlation import Pairs, correlation_matrix
from hengliang.metrology.uncertainty.draws import Sampler
from hengliang.metrology.uncertainty.first_order import FirstOrder, propagate
from hengliang.metrology.uncertainty.inputs import Input, require_inputs
from hengliang.metrology.uncertainty.interval import Kind
from hengliang.metrology.uncertainty.live_units import model_in_units
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.uncertainty.monte_carlo import MOST_TRIALS, MonteCarlo, adaptive, fixed
from hengliang.metrology.uncertainty.reverse import required_u
from hengliang.metrology.uncertainty.second_order import SecondOrder, second_order
from hengliang.metrology.uncertainty.sobol import Sobol, sobol

INDEPENDENT: Pairs = MappingProxyType({})


class Budget:
    """An uncertainty budget: data that can be stored, signed, versioned and computed again.

    model : the measurement model, or the formula or function that makes it
    inputs : one record per input of the model, in any order
    correlations : coefficients by pairs of names, `{("V", "I"): -0.36}`
    unit : of the output (or by output name). When given, the units of the inputs are live: they are checked
        against the model and converted, so that mm and µm may be mixed. When None, numbers are taken as
        written and the units of the inputs are labels.
    title : what is measured, for reports

    Raises ModelError, InputsMismatch, InputError, CorrelationError; UnitsDoNotFit when it is evaluated.
    """

    def __init__(
        self,
        model: Model | str | Callable[..., Any],
        inputs: Sequence[Input],
        *,
        correlations: Pairs = INDEPENDENT,
        unit: str | Mapping[str, str] | None = None,
        title: str = "",
    ) -> None:
        self.model = model if isinstance(model, Model) else Model(model)
        require_inputs(inputs)
        self.model.require([i.name for i in inputs])
        by_name = {i.name: i for i in inputs}
        self.inputs = tuple(by_name[name] for name in self.model.inputs)
        self.correlations = MappingProxyType(dict(correlations))
        if correlations:
            _ = self.correlation  # what contradicts itself is refused here, where it was written
        self.units = _units(unit, self.model.outputs)
        self.title = title

    @cached_property
    def correlation(self) -> NDArray[np.float64] | None:
        """Correlation matrix of the inputs, shape (n, n), or None when they are independent."""
        return correlation_matrix(self.inputs, self.correlations)

    @cached_property
    def working_model(self) -> Model:
        """The model that is evaluated: with conversions of units where units are live."""
        return model_in_units(self.model, self.inputs, self.units) if self.units else self.model

    def first_order(self) -> FirstOrder:
        """The law of propagation, first order (GUM framework)."""
        return propagate(self.working_model, self.inputs, self.correlation)

    def second_order(self) -> tuple[SecondOrder, ...]:
        """The law of propagation with second-order terms, one result per output."""
        return second_order(self.working_model, self.inputs, self.correlation)

    def monte_carlo(
        self,
        *,
        trials: int | None = None,
        digits: int = 2,
        p: float = 0.95,
        kind: Kind = "symmetric",
        seed: int = 1,
        threads: int = 1,
        most_trials: int = MOST_TRIALS,
    ) -> MonteCarlo:
        """Propagation of distributions: `trials` trials, or as many as `digits` stable digits of u need.

        The result depends on the seed, not on the number of threads. Raises DrawsNotFinite and
        CorrelationNotDrawable.
        """
        sampler = self.sampler(seed)
        if trials is not None:
            return fixed(sampler, trials, threads=threads)
        return adaptive(sampler, digits=digits, p=p, kind=kind, threads=threads, most_trials=most_trials)

    def sobol(self, *, points: int = 2**15, scrambles: int = 12, p: float = 0.95, seed: int = 1) -> Sobol:
        """Quasi-Monte Carlo with scrambled Sobol points; each figure comes with its own standard error."""
        return sobol(self.sampler(seed), points=points, scrambles=scrambles, p=p)

    def compare(
        self,
        *,
        digits: int = 1,
        p: float = 0.95,
        kind: Kind = "symmetric",
        seed: int = 1,
        most_trials: int = MOST_TRIALS,
    ) -> Comparison:
        """JCGM 101, clause 8: whether the first-order interval agrees with Monte Carlo to `digits` digits.

        When `most_trials` do not suffice, the verdict's `monte_carlo.stable` is False.
        """
        linear = self.first_order().only
        interval = linear.expanded(p=p).interval
        return compare(self.sampler(seed), interval, u=linear.u, digits=digits, p=p, kind=kind, most_trials=most_trials)

    def sampler(self, seed: int) -> Sampler:
        """The source of draws for a seed."""
        return Sampler(self.working_model, self.inputs, self.correlation, seed)

    def required_u(self, name: str, target: float) -> float:
        """The standard uncertainty that input `name` may have so that u_c of the output is `target`."""
        return required_u(self.first_order().only, name, target)


def _units(unit: str | Mapping[str, str] | None, outputs: Sequence[str]) -> dict[str, str]:
    if unit is None:
        return {}
    return dict.fromkeys(outputs, unit) if isinstance(unit, str) else dict(unit)
