"""One expected number beside the computed one, and how well they agree."""

import math
from dataclasses import dataclass
from typing import Self

FULL_AGREEMENT = 16.0  # digits credited to identical float64 values


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry, or one value of it, that could not be re-run, with the reason."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """One published value re-computed. `digits` and `required` are None for a verdict or a text."""

    name: str
    expected: float | str | bool
    computed: float | str | bool | None
    passed: bool
    digits: float | None = None
    required: float | None = None

    @classmethod
    def within(cls, name: str, expected: float, computed: float, tolerance: float) -> Self:
        """Passes when |computed - expected| <= tolerance (same unit as the values)."""
        passed = abs(computed - expected) <= tolerance * (1 + 1e-9)
        required = digits_of_agreement(expected, expected + tolerance)
        return cls(name, expected, computed, passed, digits_of_agreement(expected, computed), required)

    @classmethod
    def to_digits(cls, name: str, expected: float, computed: float, required: float) -> Self:
        """Passes when at least `required` significant digits agree (NIST StRD's log relative error)."""
        digits = digits_of_agreement(expected, computed)
        return cls(name, expected, computed, digits >= required, digits, required)

    @classmethod
    def printed(cls, name: str, expected: float, computed: float) -> Self:
        """Passes when `computed` rounds to the printed digits of `expected` (half a unit of the last one)."""
        return cls.within(name, expected, computed, last_printed_place(expected) / 2)

    @classmethod
    def equal(cls, name: str, expected: str | bool, computed: str | bool) -> Self:
        """Passes when a verdict or a text is the same."""
        return cls(name, expected, computed, expected == computed)

    @classmethod
    def broken(cls, name: str, expected: float | str | bool, reason: str) -> Self:
        """A failure: the package refused to compute what was published."""
        return cls(f"{name}: {reason}", expected, None, False)


def digits_of_agreement(expected: float, computed: float) -> float:
    """Significant decimal digits that agree: -log10 of the relative error, absolute where `expected` is 0.

    Source: NIST StRD, log relative error (LRE).

    >>> round(digits_of_agreement(2.0, 2.0002), 1)
    4.0
    """
    if computed == expected:
        return FULL_AGREEMENT
    if not math.isfinite(computed):
        return 0.0
    error = abs(computed - expected) / (abs(expected) or 1.0)
    return max(0.0, min(FULL_AGREEMENT, -math.log10(error)))


def last_printed_place(value: float) -> float:
    """Unit of the last digit printed: 0.001 for 127.732, 1 for 32.0 (a float does not keep trailing zeros).

    >>> last_printed_place(2.92)
    0.01
    """
    mantissa, _, exponent = repr(float(value)).partition("e")
    decimals = mantissa.partition(".")[2].rstrip("0")
    return float(10.0 ** (int(exponent or 0) - len(decimals)))
