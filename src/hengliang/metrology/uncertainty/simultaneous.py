"""Inputs read together, several times: the model is evaluated for each set, and the outputs are readings.

Correlations between the inputs are thereby taken along without being estimated, and a curved model is not
linearised; preferable where whole sets were read at once.
Source: JCGM 100:2008, 4.1.4 note and H.2.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hengliang.metrology.uncertainty.errors import InputError
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.uncertainty.type_a import TypeA, bessel, correlation_of_means


@dataclass(frozen=True, slots=True)
class Simultaneous:
    """Type A results of the outputs by name, and the correlation matrix (m, m) of their means."""

    outputs: Mapping[str, TypeA]
    correlation: NDArray[np.float64]


def evaluate_each(model: Model, readings: Mapping[str, ArrayLike]) -> Simultaneous:
    """Evaluate `model` for every set of simultaneous readings, each input (n,), and take the means.

    Raises TooFewReadings for fewer than two sets, InputError when the inputs differ in length.
    """
    lengths = {len(np.atleast_1d(np.asarray(r))) for r in readings.values()}
    if len(lengths) != 1:
        raise InputError(name="readings", reason=f"sets must be complete, got lengths {sorted(lengths)}")
    arrays = {name: np.asarray(values, dtype=float) for name, values in readings.items()}
    results = model.evaluate(arrays)
    r = [[correlation_of_means(a, b) for b in results] for a in results]
    return Simultaneous(dict(zip(model.outputs, map(bessel, results), strict=True)), np.array(r))
