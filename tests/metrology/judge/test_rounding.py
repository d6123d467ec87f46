"""Rounding by GB/T 8170: its own examples, and properties against exact fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge import round_to_step

STEPS = ("1", "0.1", "0.01", "0.2", "0.02", "0.5", "0.05", "5", "100")


# Source: GB/T 8170-2008, 3.2.1 to 3.2.5 (examples) and 3.3 (units of 0.5 and 0.2)
@pytest.mark.parametrize(
    ("value", "step", "rounded"),
    [
        ("12.1498", "0.1", "12.1"),
        ("12.1498", "1", "12"),
        ("1268", "100", "1300"),
        ("10.5002", "1", "11"),
        ("1.050", "0.1", "1.0"),
        ("0.35", "0.1", "0.4"),
        ("2500", "1000", "2000"),
        ("3500", "1000", "4000"),
        ("0.0325", "0.001", "0.032"),
        ("32500", "1000", "32000"),
        ("-355", "10", "-360"),
        ("-325", "10", "-320"),
        ("-365", "10", "-360"),
        ("-0.0365", "0.001", "-0.036"),
        ("60.25", "0.5", "60.0"),
        ("60.38", "0.5", "60.5"),
        ("60.28", "0.5", "60.5"),
        ("-60.75", "0.5", "-61.0"),
        ("830", "20", "840"),
        ("842", "20", "840"),
        ("832", "20", "840"),
        ("-930", "20", "-920"),
    ],
)
def test_examples_of_the_standard(value: str, step: str, rounded: str):
    assert round_to_step(Decimal(value), Decimal(step)) == Decimal(rounded)


@given(st.decimals(-(10**6), 10**6, allow_nan=False, places=6), st.sampled_from(STEPS))
def test_rounds_to_the_nearest_multiple_and_halves_to_the_even_one(value: Decimal, step: str):
    size = Fraction(Decimal(step))
    rounded = Fraction(round_to_step(value, Decimal(step)))
    multiple = rounded / size
    away = abs(Fraction(value) - rounded)
    assert multiple.denominator == 1
    assert away <= size / 2
    assert away < size / 2 or multiple.numerator % 2 == 0


@given(st.decimals(-(10**4), 10**4, allow_nan=False, places=4), st.sampled_from(STEPS))
def test_rounding_is_odd_and_settles(value: Decimal, step: str):
    size = Decimal(step)
    once = round_to_step(value, size)
    assert round_to_step(once, size) == once
    assert round_to_step(-value, size) == -once


def test_zero_has_no_sign():
    assert str(round_to_step(Decimal("-0.004"), Decimal("0.01"))) == "0.00"
