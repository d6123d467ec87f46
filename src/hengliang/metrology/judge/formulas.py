"""The closed vocabulary of formulas and of combinations of runs: chosen by name, nothing is evaluated.

Each formula takes its arguments in the order of `FORMULAS[name].arguments`; all are `Decimal`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

HUNDRED = Decimal(100)
HALF = Decimal("0.5")
REFERENCE_TEMPERATURE = Decimal(20)  # °C; reference temperature of volumes. Source: JJG 443-2023, as recalled
# Range coefficients d_n. Source: JJF 1059.1-2012, 4.3.2.3, table 1
RANGE_COEFFICIENTS: Mapping[int, Decimal] = MappingProxyType(
    {
        n: Decimal(d)
        for n, d in enumerate(("1.13", "1.69", "2.06", "2.33", "2.53", "2.70", "2.85", "2.97", "3.08"), start=2)
    }
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: the names of its arguments, those with a default, and the function."""

    arguments: tuple[str, ...]
    function: Callable[..., Any]
    text: str
    defaults: Mapping[str, Decimal] = field(default_factory=dict)


def reading(value: Decimal) -> Decimal:
    """The reading itself."""
    return value


def difference(indicated: Decimal, reference: Decimal) -> Decimal:
    """Indicated − reference. Source: JJF 1001-2011, error of indication."""
    return indicated - reference


def relative(indicated: Decimal, reference: Decimal) -> Decimal:
    """(Indicated − reference) ÷ reference, in %."""
    return (indicated - reference) * HUNDRED / reference


def fiducial(indicated: Decimal, reference: Decimal, span: Decimal) -> Decimal:
    """(Indicated − reference) ÷ span, in %."""
    return (indicated - reference) * HUNDRED / span


def magnitude(first: Decimal, second: Decimal) -> Decimal:
    """|first − second|: hysteresis, return, tapping."""
    return abs(first - second)


def flicker(indicated: Decimal, e: Decimal, added: Decimal, load: Decimal, zero_error: Decimal) -> Decimal:
    """I + ½e − ΔL − L − E0: the error before rounding by changeover points, corrected for zero.

    Source: OIML R 76-1:2006, A.4.4.3; JJG 539-2016.
    """
    return indicated + HALF * e - added - load - zero_error


def amount_difference(amount: Decimal, quantity: Decimal, price: Decimal) -> Decimal:
    """|shown amount − quantity × price|. Source: JJG 443-2023."""
    return abs(amount - quantity * price)


def dispensed(
    indicated: Decimal,
    measured: Decimal,
    liquid_temperature: Decimal,
    measure_temperature: Decimal,
    liquid_expansion: Decimal,
    measure_expansion: Decimal,
) -> Decimal:
    """Relative error in % of a dispensed volume against a measure, corrected for temperature.

    V_Bt = V_B · (1 + β_Y (t_J − t_B) + β_B (t_B − 20 °C)); E = (V_J − V_Bt) ÷ V_Bt.
    Source: JJG 443-2023 (form recalled).
    """
    expansion = liquid_expansion * (liquid_temperature - measure_temperature)
    expansion += measure_expansion * (measure_temperature - REFERENCE_TEMPERATURE)
    return relative(indicated, measured * (1 + expansion))


FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "check": Formula(("value",), reading, "yes"),
        "reading": Formula(("value",), reading, "x"),
        "difference": Formula(("indicated", "reference"), difference, "x − x₀"),
        "relative": Formula(("indicated", "reference"), relative, "(x − x₀) ÷ x₀ × 100 %"),
        "fiducial": Formula(("indicated", "reference", "span"), fiducial, "(x − x₀) ÷ S × 100 %"),
        "magnitude": Formula(("first", "second"), magnitude, "|x₁ − x₂|"),
        "flicker": Formula(
            ("indicated", "e", "added", "load", "zero_error"),
            flicker,
            "I + ½e − ΔL − L − E₀",
            {"zero_error": Decimal(0)},
        ),
        "amount_difference": Formula(("amount", "quantity", "price"), amount_difference, "|A − V·P|"),
        "dispensed": Formula(
            (
                "indicated",
                "measured",
                "liquid_temperature",
                "measure_temperature",
                "liquid_expansion",
                "measure_expansion",
            ),
            dispensed,
            "(V − V₀ₜ) ÷ V₀ₜ × 100 %",
        ),
    }
)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _range(values: Sequence[Decimal]) -> Decimal:
    return max(values) - min(values)


def _range_by_coefficient(values: Sequence[Decimal]) -> Decimal:
    return _range(values) / RANGE_COEFFICIENTS[len(values)]


def _standard_deviation(values: Sequence[Decimal]) -> Decimal:
    mean = _mean(values)
    squares = sum(((value - mean) ** 2 for value in values), Decimal(0))
    return (squares / (len(values) - 1)).sqrt()


def _largest(values: Sequence[Decimal]) -> Decimal:
    return max(values, key=abs)


# How the runs of a row become the value that is judged; `each` judges every run by itself.
# `range_by_coefficient` estimates the standard deviation from the range. Source: JJF 1059.1-2012, 4.3.2.3
COMBINATIONS: Mapping[str, Callable[[Sequence[Decimal]], Decimal] | None] = MappingProxyType(
    {
        "each": None,
        "mean": _mean,
        "range": _range,
        "range_by_coefficient": _range_by_coefficient,
        "standard_deviation": _standard_deviation,
        "largest": _largest,
    }
)
