"""The closed list of distributions, and how a stored one is read."""

from typing import Any

from hengliang.metrology.uncertainty.bounded import (
    ArcSine,
    CurvilinearTrapezoidal,
    Rectangular,
    Trapezoidal,
    Triangular,
    TwoPoint,
)
from hengliang.metrology.uncertainty.distributions import (
    Constant,
    Distribution,
    Exponential,
    Gamma,
    Normal,
    StudentT,
)
from hengliang.metrology.uncertainty.errors import InputError

BOUNDED = (Rectangular, Triangular, Trapezoidal, CurvilinearTrapezoidal, ArcSine, TwoPoint)
UNBOUNDED = (Constant, Normal, StudentT, Exponential, Gamma)
KINDS: dict[str, type[Any]] = {d.kind: d for d in (*UNBOUNDED, *BOUNDED)}


def distribution_from_dict(stored: dict[str, Any]) -> Distribution:
    """The distribution that `to_dict` stored. Raises InputError for an unknown kind or parameter."""
    kind = stored.get("kind")
    if kind not in KINDS:
        raise InputError(name=str(kind), reason=f"unknown distribution; known are {', '.join(KINDS)}")
    try:
        found: Distribution = KINDS[kind](**{k: _number(v) for k, v in stored.items() if k != "kind"})
    except TypeError as error:
        raise InputError(name=str(kind), reason=str(error)) from None
    return found


def _number(stored: object) -> float:
    # True is a number to Python, and "1" a float to be; in a stored budget both are damage.
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        raise TypeError(f"a number is expected, got {stored!r}"[:80])
    return float(stored)
