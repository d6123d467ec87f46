import pytest

from hengliang.metrology.uncertainty import Budget, Input, Normal, quantity
from hengliang.metrology.uncertainty.errors import UnitsDoNotFit
from hengliang.metrology.units import UnitError
from tests.metrology.uncertainty.examples_of_budgets import end_gauge


def test_mixed_units_give_the_same_result():
    inputs = [
        quantity("ls", 50.000623, 25e-6, dof=18, unit="mm"),
        quantity("d", 0.215, 9.7e-3, dof=25.6, unit="µm"),
        Input("dalpha", Normal(0, 0.58), dof=50, unit="µm/(m.K)"),
        quantity("theta", -0.1, 0.41, unit="K"),
        quantity("alpha_s", 11.5e-6, 1.2e-6, unit="K-1"),
        Input("dtheta", Normal(0, 29), dof=2, unit="mK"),
    ]
    result = Budget(end_gauge().model, inputs, unit="nm").first_order()
    plain = end_gauge().first_order()
    assert (result.value, result.u, result.dof) == pytest.approx((plain.value, plain.u, plain.dof), rel=1e-12)
    # Sensitivities are in the units as written: nm of the result per mm of ls.
    assert result.contributions()[0].sensitivity == pytest.approx(1e6)


def test_interval_scales():
    """Water at 25 °C and 293.15 K differ by 5 K; expansion of 1 m at 2e-4 per K: 1 mm."""
    inputs = [
        quantity("L", 1, 0, unit="m"),
        quantity("a", 2e-4, 0, unit="1/K"),
        quantity("t", 25, 0.1, unit="°C"),
        quantity("t0", 293.15, 0, unit="K"),
    ]
    result = Budget("L*a*(t - t0)", inputs, unit="mm").first_order()
    assert (result.value, result.u) == pytest.approx((1.0, 0.02))


def test_logarithmic_scales():
    """30 dBm is 1 W; u = 0.1 dB is 2.3 %."""
    result = Budget("P", [quantity("P", 30, 0.1, unit="dBm")], unit="W").first_order()
    assert (result.value, result.u) == pytest.approx(
        (
            1.0,
            0.0230,
        ),
        abs=1e-4,
    )


@pytest.mark.parametrize(
    ("formula", "a", "b", "unit", "words"),
    [
        ("a + b", "m", "s", "m", "a sum: m and s do not fit"),
        ("a - 1.2*b", "kg/m3", "1", "kg/m3", "a difference"),
        ("exp(a)*b", "m", "1", "1", "exp: m and 1"),
        ("a*b", "m", "m", "m", "y: m2 and m do not fit"),
        ("a^b", "m", "1", "m", "a power"),
        ("sqrt(a)*b", "m", "1", "m", "a root"),
    ],
)
def test_units_that_do_not_fit(formula, a, b, unit, words):
    with pytest.raises(UnitsDoNotFit) as caught:
        Budget(
            f"y = {formula}", [quantity("a", 1, 0.1, unit=a), quantity("b", 1, 0.1, unit=b)], unit=unit
        ).first_order()
    assert words in str(caught.value)


def test_an_unknown_unit_is_refused():
    with pytest.raises(UnitError):
        Budget("a", [quantity("a", 1, 0.1, unit="furlong")], unit="m").first_order()


def test_without_an_output_unit_the_units_are_labels():
    assert Budget("a + b", [quantity("a", 1, 3, unit="m"), quantity("b", 1, 4, unit="s")]).first_order().u == 5
