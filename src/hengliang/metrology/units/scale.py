"""Scales of units: exact rational numbers, times powers of π and of ln 10 where they can't be avoided."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

LN10 = math.log(10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """ratio x π^pi x (ln 10)^ln10: what one unit is in base units."""

    ratio: Fraction = Fraction(1)
    pi: int = 0
    ln10: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """A scale as written in the table: decimals, pi and ln10, joined by * and /.

        >>> Scale.read("pi/180")
        Scale(ratio=Fraction(1, 180), pi=1, ln10=0)
        """
        scale = cls()
        for sign, factor in re.findall(r"([*/]?)([^*/]+)", text):
            scale = scale * cls._factor(factor) ** (-1 if sign == "/" else 1)
        return scale

    @classmethod
    def _factor(cls, text: str) -> Self:
        if text in ("pi", "ln10"):
            return cls(pi=int(text == "pi"), ln10=int(text == "ln10"))
        return cls(Fraction(text))

    @property
    def rational(self) -> bool:
        """Whether the scale is a rational number."""
        return self.pi == 0 and self.ln10 == 0

    def __mul__(self, other: Self) -> Self:
        return type(self)(self.ratio * other.ratio, self.pi + other.pi, self.ln10 + other.ln10)

    def __truediv__(self, other: Self) -> Self:
        return self * other**-1

    def __pow__(self, exponent: int) -> Self:
        return type(self)(self.ratio**exponent, self.pi * exponent, self.ln10 * exponent)

    def __float__(self) -> float:
        value = float(self.ratio)
        return value if self.rational else value * math.pi**self.pi * LN10**self.ln10
