"""Arrays with about 32 digits: each number is the unevaluated sum of two float64.

Needed in two places only: sums of squares about a mean that is large against the scatter, and the residuals
of a least-squares problem that is being refined. Readings given as text or Decimal keep the digits that
float64 would drop; only so is the limit set by float64 inputs lifted (StRD NumAcc4, SmLs07 to SmLs09).

Rejected: `numpy.longdouble`, which is 80 bits on one machine and 64 on another.
Open: numbers beyond 1e300 overflow in the splitting.

Source: Dekker, Numer. Math. 18 (1971) 224; Ogita, Rump, Oishi, SIAM J. Sci. Comput. 26 (2005) 1955.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self, TypeAlias

import numpy as np

from hengliang.metrology.arrays import Floats

Readings: TypeAlias = "Extended | Floats | Iterable[float | int | str | Decimal | Fraction]"

_SPLIT = 134217729.0  # 2**27 + 1


@dataclass(frozen=True, slots=True, eq=False)
class Extended:
    """Numbers `high + low`, arrays of one shape, |low| at most half a unit in the last place of `high`."""

    high: Floats
    low: Floats

    @classmethod
    def of(cls, values: Readings) -> Self:
        """Take numbers as they are; text, Decimal and Fraction keep 32 digits. What is no finite number is NaN.

        >>> float(Extended.of(["10000000.2"]).low[0]) != 0
        True
        """
        if isinstance(values, Extended):
            return cls(values.high, values.low)
        if isinstance(values, np.ndarray) and values.dtype.kind in "fiu":
            high = values.astype(np.float64)
            return cls(high, np.zeros_like(high))
        pairs = [_pair(v) for v in values]
        return cls(np.array([high for high, _ in pairs]), np.array([low for _, low in pairs]))

    def __len__(self) -> int:
        return len(self.high)

    def __getitem__(self, key: slice) -> "Extended":
        return Extended(self.high[key], self.low[key])

    def __add__(self, other: "Extended | Floats | float") -> "Extended":
        high, low = _two_sum(self.high, _high(other))
        return Extended(*_two_sum(high, low + self.low + _low(other)))

    def __neg__(self) -> "Extended":
        return Extended(-self.high, -self.low)

    def __sub__(self, other: "Extended | Floats | float") -> "Extended":
        return self + (-other)

    def __mul__(self, other: "Extended | Floats | float") -> "Extended":
        high, low = _two_product(self.high, _high(other))
        return Extended(*_two_sum(high, low + self.high * _low(other) + self.low * _high(other)))

    def sum(self) -> "Extended":
        """The sum, itself extended (exact before the last rounding)."""
        parts = [*self.high.ravel().tolist(), *self.low.ravel().tolist()]
        high = math.fsum(parts)
        return Extended(np.array(high), np.array(math.fsum([*parts, -high])))

    def mean(self) -> "Extended":
        """The arithmetic mean, itself extended."""
        total, n = self.sum(), float(self.high.size)
        first = total.high / n
        rest = total - Extended(*_two_product(first, np.array(n)))
        return Extended(*_two_sum(first, rest.high / n))

    def values(self) -> Floats:
        """Rounded to float64."""
        return self.high + self.low

    def to_float(self) -> float:
        """A single number, rounded to float64."""
        return float(self.high + self.low)


def _pair(value: float | int | str | Decimal | Fraction) -> tuple[float, float]:
    try:
        exact = Fraction(value.strip() if isinstance(value, str) else value)
        high = float(exact)
    except (ValueError, OverflowError, TypeError, ZeroDivisionError):
        return math.nan, math.nan
    return high, float(exact - Fraction(high))


def _high(value: "Extended | Floats | float") -> Floats:
    return value.high if isinstance(value, Extended) else np.asarray(value, dtype=np.float64)


def _low(value: "Extended | Floats | float") -> Floats:
    return value.low if isinstance(value, Extended) else np.zeros(())


def _two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def _two_product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    product = a * b
    a_high, a_low = _split(a)
    b_high, b_low = _split(b)
    return product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)


def _split(a: Floats) -> tuple[Floats, Floats]:
    scaled = _SPLIT * a
    high = scaled - (scaled - a)
    return high, a - high
