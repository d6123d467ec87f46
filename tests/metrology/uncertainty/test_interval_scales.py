"""°C and °F in a model with live units: 20 °C are 293.15 K, and 5 °C of difference are 5 K."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.uncertainty import Budget, quantity
from hengliang.metrology.uncertainty.errors import UnitsDoNotFit

UNITS = {"a": "°C", "b": "°C", "f": "°F", "k": "K", "c": "W/K", "n": "1"}
VALUES = {"a": 20.0, "b": 15.0, "f": 68.0, "k": 5.0, "c": 2.0, "n": 3.0}


def value(formula: str, unit: str) -> float:
    names = [name for name in VALUES if name in formula.replace("min", "").replace("abs", "").replace("exp", "")]
    inputs = [quantity(name, VALUES[name], 0.1, unit=UNITS[name]) for name in names]
    return Budget(formula, inputs, unit=unit).first_order().value


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("a - b", "K", 5.0),
        ("c*(a - b)", "W", 10.0),
        ("a", "K", 293.15),
        ("a", "°F", 68.0),
        ("a + k", "°C", 25.0),
        ("a - k", "°C", 15.0),
        ("(a + b)/2", "°C", 17.5),
        ("0.25*a + 0.75*b", "°C", 16.25),
        ("(a + f)/2", "°C", 20.0),
        ("a + n*(a - b)", "°C", 35.0),
        ("min(a, b)", "°C", 15.0),
        ("abs(a - b)", "K", 5.0),
        ("a - b + f", "°C", 25.0),
        ("-b + a", "K", 5.0),
        ("c*k", "W", 10.0),
    ],
)
def test_differences_means_and_readings(formula: str, unit: str, expected: float) -> None:
    assert value(formula, unit) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("c*a", "W"),
        ("a + b", "°C"),
        ("a + b", "K"),
        ("2*a", "°C"),
        ("a/2", "K"),
        ("a - b", "°C"),
        ("n*a", "°C"),
        ("a/b", "1"),
        ("a^2", "K2"),
        ("abs(a)", "°C"),
        ("min(a, a - b)", "K"),
        ("sqrt(a*a)", "K"),
    ],
)
def test_what_the_scale_can_not_say_is_refused(formula: str, unit: str) -> None:
    with pytest.raises(UnitsDoNotFit, match="write a temperature in K, and a difference"):
        value(formula, unit)


@given(w=st.floats(-5, 5), a=st.floats(-50, 50), b=st.floats(-50, 50))
def test_a_mean_does_not_depend_on_the_zero(w: float, a: float, b: float) -> None:
    """With weights of sum 1 the result in °C is that of the numbers as written."""
    inputs = [quantity("a", a, 0.1, unit="°C"), quantity("b", b, 0.1, unit="°C")]
    found = Budget(f"({w!r})*a + ({1 - w!r})*b", inputs, unit="°C").first_order().value
    assert found == pytest.approx(w * a + (1 - w) * b, abs=1e-9)
