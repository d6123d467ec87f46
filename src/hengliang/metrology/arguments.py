"""What a computation may be given: numbers that are numbers, uncertainties that are none below zero.

Every comparison with NaN is false, so an unguarded verdict would come out of a value that nobody measured.
"""

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from hengliang.metrology.arrays import ArrayLike, Floats
from hengliang.metrology.errors import MetrologyError

LARGEST = 1e150
"""Squares of anything larger leave float64."""


class Require:
    """Refuses numbers that a question can't have, by the error of the package that asks.

    refuse : makes the error from `what`, `value` and `wanted`

    Source: of our own.
    """

    def __init__(self, refuse: Callable[..., MetrologyError]) -> None:
        self._refuse = refuse

    def finite(self, **values: float) -> None:
        """Raises unless each is a finite number, below 1e150 in size."""
        self._each(values, lambda v: True, "a finite number")

    def positive(self, **values: float) -> None:
        """Raises unless each is finite and greater than zero."""
        self._each(values, lambda v: v > 0, "a finite number greater than zero")

    def not_negative(self, **values: float) -> None:
        """Raises unless each is finite and not below zero."""
        self._each(values, lambda v: v >= 0, "a finite number, not below zero")

    def share(self, **values: float) -> None:
        """Raises unless each lies between 0 and 1, both excluded."""
        self._each(values, lambda v: 0 < v < 1, "between 0 and 1, both excluded")

    def whole(self, least: int, **values: int) -> None:
        """Raises unless each is a whole number of at least `least`."""
        self._each(values, lambda v: v == int(v) and v >= least, f"a whole number, {least} or more")

    def series(self, what: str, values: ArrayLike) -> Floats:
        """The values as an array of float64; raises unless all are finite numbers, below 1e150 in size."""
        try:
            x = np.asarray(values, dtype=np.float64)
        except (TypeError, ValueError):
            raise self._refuse(what=what, value=_short(values), wanted="a list of numbers") from None
        usable = np.abs(x) <= LARGEST
        if not usable.all():
            at = int(np.argmin(usable))
            value = x.ravel()[at]
            raise self._refuse(what=f"{what}, number {at + 1} of {x.size},", value=value, wanted="a finite number")
        return x

    def _each(self, values: dict[str, Any], holds: Callable[[Any], bool], wanted: str) -> None:
        for name, value in values.items():
            if not (isinstance(value, Real) and -LARGEST <= _float(value) <= LARGEST and holds(value)):
                raise self._refuse(what=name.replace("_", " "), value=_short(value), wanted=wanted)


def _float(value: Real) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _short(value: object) -> object:
    return value if isinstance(value, Real) else repr(value)[:60]
