from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.uncertainty import (
    Expanded,
    round_significant,
    round_to_place,
    round_uncertainty,
    state,
)
from hengliang.metrology.uncertainty.errors import InputError


@pytest.mark.parametrize(
    ("value", "place", "rounded"),
    # GB/T 8170-2008, 3.2.1 to 3.2.4, its own examples
    [
        (12.1498, -1, "12.1"),
        (12.1498, 0, "12"),
        (1268, 2, "1.3E+3"),
        (10.5002, 0, "11"),
        (1.050, -1, "1.0"),
        (0.35, -1, "0.4"),
        (2500, 3, "2E+3"),
        (3500, 3, "4E+3"),
        (0.0325, -3, "0.032"),
        (-355, 1, "-3.6E+2"),
        (-0.0365, -3, "-0.036"),
    ],
)
def test_examples_of_the_rounding_standard(value, place, rounded):
    assert round_to_place(value, place) == Decimal(rounded)


@pytest.mark.parametrize(
    ("u", "digits", "rounded"),
    [(0.03171, None, "0.032"), (0.0996, 2, "0.10"), (0.47, 1, "0.5"), (92.6, None, "93")],
)
def test_uncertainties(u, digits, rounded):
    assert str(round_uncertainty(u, digits)) == rounded


def test_up_never_rounds_down():
    assert round_uncertainty(0.0301, 1, "up") == Decimal("0.04")


@given(st.floats(1e-9, 1e9), st.integers(1, 2))
def test_rounding_keeps_within_half_a_digit(u, digits):
    rounded = round_significant(u, digits)
    assert abs(rounded - Decimal(str(u))) <= Decimal(1).scaleb(Decimal(str(u)).adjusted() - digits + 1) / 2
    assert len(rounded.as_tuple().digits) == digits


@pytest.mark.parametrize(
    "wrong",
    [lambda: round_uncertainty(-1), lambda: round_uncertainty(1, 3), lambda: round_to_place(float("nan"), 0)],
)
def test_refusals(wrong):
    with pytest.raises(InputError):
        wrong()


@pytest.mark.parametrize(
    ("form", "text"),
    # JJF 1059.1-2012, 5.3.6, forms of its example: m = 100.02147 g, U = 0.70 mg with k = 2
    [
        ("separate", "m = 100.02147 g, U = 0.00070 g; k = 2"),
        ("plus_minus", "m = (100.02147 ± 0.00070) g; k = 2"),
        ("brackets", "m = 100.02147(70) g; k = 2"),
        ("relative", "m = 100.02147 g, U_rel = 7.0 × 10⁻⁶; k = 2"),
    ],
)
def test_forms_of_statement(form, text):
    assert state(Expanded(100.02147, 0.00070, 2, None, 9), symbol="m", unit="g", form=form) == text


def test_statement_of_a_probability():
    assert (
        state(Expanded(10.05, 0.123, 2.26, 0.95, 9.4), unit="V") == "y = 10.05 V, U = 0.12 V; k = 2.26, p = 0.95, ν = 9"
    )
