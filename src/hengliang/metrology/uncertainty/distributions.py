"""Probability distributions that describe what is known of an input.

Source: JCGM 101:2008, 6.4 and Table 1; JJF 1059.1-2012, 4.3.3 and Table 3.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.errors import InputError

Floats = NDArray[np.float64]


class Distribution(ABC):
    """A distribution, in the unit of the quantity it describes."""

    kind: ClassVar[str]
    dimensions: ClassVar[int] = 1  # uniform numbers that one draw takes

    @property
    @abstractmethod
    def mean(self) -> float:
        """The best estimate."""

    @property
    @abstractmethod
    def u(self) -> float:
        """The standard uncertainty that enters the law of propagation."""

    @abstractmethod
    def transform(self, *uniform: Floats) -> Floats:
        """Draws, shape (n,), from `dimensions` arrays (n,) of uniform numbers in (0, 1)."""

    def draw(self, rng: "np.random.Generator", n: int) -> Floats:
        """`n` independent draws, shape (n,)."""
        return self.transform(*(rng.random(n) for _ in range(self.dimensions)))

    def draw_into(self, rng: "np.random.Generator", out: Floats) -> Floats:
        """The same draws as `draw(rng, len(out))`, in `out`, shape (n,), where that is quicker."""
        return self.draw(rng, len(out))

    def to_dict(self) -> dict[str, Any]:
        """The distribution as stored: its kind and parameters."""
        parameters: dict[str, float] = asdict(self)  # type: ignore[call-overload]
        return {"kind": self.kind, **{name: float(value) for name, value in parameters.items()}}

    def _require(self, holds: bool, reason: str) -> None:
        if not holds:
            raise InputError(name=self.kind, reason=reason)


@dataclass(frozen=True, slots=True)
class Constant(Distribution):
    """A value without uncertainty, by definition or by choice."""

    value: float
    kind: ClassVar[str] = "constant"
    dimensions: ClassVar[int] = 0

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            self._require(False, "the value must be finite")

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def u(self) -> float:
        """Zero."""
        return 0.0

    def transform(self, *uniform: Floats) -> Floats:
        """The value, shape (); it broadcasts."""
        return np.array(self.value)


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """Normal (正态): a certificate with many degrees of freedom, or many small causes."""

    value: float
    standard_uncertainty: float
    kind: ClassVar[str] = "normal"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and 0 <= self.standard_uncertainty < math.inf):
            self._require(False, "value and u must be finite, u not negative")

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def u(self) -> float:
        """The standard deviation."""
        return self.standard_uncertainty

    def transform(self, *uniform: Floats) -> Floats:
        """Draws by the inverse distribution function."""
        from scipy.special import ndtri

        return self.value + self.standard_uncertainty * np.asarray(ndtri(uniform[0]))

    def draw(self, rng: "np.random.Generator", n: int) -> Floats:
        """`n` draws by the ziggurat, about three times as fast as the inverse function."""
        return rng.normal(self.value, self.standard_uncertainty, n)

    def draw_into(self, rng: "np.random.Generator", out: Floats) -> Floats:
        """Two passes over an array in cache cost less than numpy's one pass with a call a draw."""
        rng.standard_normal(out=out)
        np.multiply(out, self.standard_uncertainty, out=out)
        return np.add(out, self.value, out=out)


@dataclass(frozen=True, slots=True)
class StudentT(Distribution):
    """Scaled and shifted t: the mean of few normal readings; `scale` is s/√n. Source: JCGM 101, 6.4.9.

    `u` is the scale, as the law of propagation takes it; the draws' standard deviation is larger by
    √(ν/(ν-2)) for ν > 2 and infinite below.
    """

    value: float
    scale: float
    dof: float
    kind: ClassVar[str] = "t"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and 0 <= self.scale < math.inf and self.dof > 0):
            self._require(False, "value and u must be finite, u not negative, degrees of freedom positive")

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def u(self) -> float:
        """The scale."""
        return self.scale

    def transform(self, *uniform: Floats) -> Floats:
        """Draws by the inverse distribution function."""
        from scipy.special import stdtrit

        return self.value + self.scale * np.asarray(stdtrit(self.dof, uniform[0]))

    def draw(self, rng: "np.random.Generator", n: int) -> Floats:
        """`n` draws of t, scaled and shifted."""
        return self.value + self.scale * rng.standard_t(self.dof, n)


@dataclass(frozen=True, slots=True)
class Exponential(Distribution):
    """Exponential: not negative, only the estimate is known; u equals it. Source: JCGM 101, 6.4.10."""

    value: float
    kind: ClassVar[str] = "exponential"

    def __post_init__(self) -> None:
        self._require(0 < self.value < math.inf, "the estimate must be positive and finite")

    @property
    def mean(self) -> float:
        """The estimate."""
        return self.value

    @property
    def u(self) -> float:
        """Equal to the estimate."""
        return self.value

    def transform(self, *uniform: Floats) -> Floats:
        """Draws by the inverse distribution function."""
        return -self.value * np.log1p(-uniform[0])


@dataclass(frozen=True, slots=True)
class Gamma(Distribution):
    """Gamma: what is known of a rate after `shape - 1` counts. Source: JCGM 101, 6.4.11."""

    shape: float
    scale: float
    kind: ClassVar[str] = "gamma"

    def __post_init__(self) -> None:
        self._require(0 < self.shape < math.inf and 0 < self.scale < math.inf, "shape and scale must be positive")

    @property
    def mean(self) -> float:
        """shape x scale."""
        return self.shape * self.scale

    @property
    def u(self) -> float:
        """√shape x scale."""
        return math.sqrt(self.shape) * self.scale

    def transform(self, *uniform: Floats) -> Floats:
        """Draws by the inverse distribution function."""
        from scipy.special import gammaincinv

        return self.scale * np.asarray(gammaincinv(self.shape, uniform[0]))

    def draw(self, rng: "np.random.Generator", n: int) -> Floats:
        """`n` draws by numpy's own method."""
        return rng.gamma(self.shape, self.scale, n)
