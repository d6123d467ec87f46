"""Distributions between two limits: what is known of a resolution, an MPE, a temperature that cycles.

Source: JCGM 101:2008, 6.4.2 to 6.4.6; JJF 1059.1-2012, 4.3.3 and Table 3.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hengliang.metrology.uncertainty.distributions import Distribution, Floats


@dataclass(frozen=True, slots=True)
class Bounded(Distribution):
    """Anything with a lower and an upper limit, symmetric about the middle."""

    lower: float
    upper: float

    def __post_init__(self) -> None:
        ordered = -math.inf < self.lower < self.upper < math.inf
        self._require(ordered, f"needs lower < upper, both finite, got {self.lower} and {self.upper}")

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.lower + self.upper) / 2

    @property
    def half_width(self) -> float:
        """Half the width a; u = a/k."""
        return (self.upper - self.lower) / 2


@dataclass(frozen=True, slots=True)
class Rectangular(Bounded):
    """Rectangular (均匀): only the limits are known; resolution, MPE. u = a/√3."""

    kind: ClassVar[str] = "rectangular"

    @property
    def u(self) -> float:
        """a/√3."""
        return self.half_width / math.sqrt(3)

    def transform(self, *uniform: Floats) -> Floats:
        """Draws by scaling."""
        return self.lower + (self.upper - self.lower) * uniform[0]

    def draw(self, rng: "np.random.Generator", n: int) -> Floats:
        """`n` draws by numpy's own method, in one pass."""
        return rng.uniform(self.lower, self.upper, n)

    def draw_into(self, rng: "np.random.Generator", out: Floats) -> Floats:
        """The same in an array that is there already."""
        rng.random(out=out)
        np.multiply(out, self.upper - self.lower, out=out)
        return np.add(out, self.lower, out=out)


@dataclass(frozen=True, slots=True)
class Triangular(Bounded):
    """Triangular (三角): the sum of two equal rectangular ones. u = a/√6."""

    kind: ClassVar[str] = "triangular"
    dimensions: ClassVar[int] = 2

    @property
    def u(self) -> float:
        """a/√6."""
        return self.half_width / math.sqrt(6)

    def transform(self, *uniform: Floats) -> Floats:
        """Draws as the sum of two uniform numbers."""
        return self.lower + self.half_width * (uniform[0] + uniform[1])


@dataclass(frozen=True, slots=True)
class Trapezoidal(Bounded):
    """Trapezoidal (梯形) with top width β times the base. u = a √((1 + β²)/6)."""

    beta: float
    kind: ClassVar[str] = "trapezoidal"
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        Bounded.__post_init__(self)
        self._require(0 <= self.beta <= 1, "β lies between 0 (triangular) and 1 (rectangular)")

    @property
    def u(self) -> float:
        """a √((1 + β²)/6)."""
        return self.half_width * math.sqrt((1 + self.beta**2) / 6)

    def transform(self, *uniform: Floats) -> Floats:
        """Draws as the sum of two uniform numbers. Source: JCGM 101, 6.4.4.4."""
        wide, narrow = 1 + self.beta, 1 - self.beta
        return self.lower + self.half_width * (wide * uniform[0] + narrow * uniform[1])


@dataclass(frozen=True, slots=True)
class CurvilinearTrapezoidal(Bounded):
    """Rectangular with limits known to ±d only. u = √((b - a)²/12 + d²/9). Source: JCGM 101, 6.4.3."""

    d: float
    kind: ClassVar[str] = "curvilinear_trapezoidal"
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        Bounded.__post_init__(self)
        self._require(0 <= self.d <= self.half_width, "d lies between 0 and half the width")

    @property
    def u(self) -> float:
        """√((b - a)²/12 + d²/9)."""
        return math.sqrt((self.upper - self.lower) ** 2 / 12 + self.d**2 / 9)

    def transform(self, *uniform: Floats) -> Floats:
        """Draws between limits that are drawn themselves. Source: JCGM 101, 6.4.3.4."""
        lower = self.lower - self.d + 2 * self.d * uniform[0]
        return lower + (self.lower + self.upper - 2 * lower) * uniform[1]


@dataclass(frozen=True, slots=True)
class ArcSine(Bounded):
    """Arc sine (反正弦, U-shaped): a quantity that cycles between limits. u = a/√2."""

    kind: ClassVar[str] = "arcsine"

    @property
    def u(self) -> float:
        """a/√2."""
        return self.half_width / math.sqrt(2)

    def transform(self, *uniform: Floats) -> Floats:
        """Draws by the inverse distribution function. Source: JCGM 101, 6.4.6."""
        return self.mean - self.half_width * np.cos(np.pi * uniform[0])


@dataclass(frozen=True, slots=True)
class TwoPoint(Bounded):
    """Two-point (两点): one limit or the other, equally likely. u = a."""

    kind: ClassVar[str] = "two_point"

    @property
    def u(self) -> float:
        """a."""
        return self.half_width

    def transform(self, *uniform: Floats) -> Floats:
        """Draws of one limit or the other."""
        return np.where(uniform[0] < 0.5, self.lower, self.upper)
