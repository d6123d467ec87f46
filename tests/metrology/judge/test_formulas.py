"""The formulas, each with a figure worked out by hand or printed in a source."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge.formulas import COMBINATIONS, FORMULAS


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("reading", ["1.5"], "1.5"),
        ("difference", ["20.1", "20.0"], "0.1"),
        ("relative", ["20.06", "20"], "0.3"),
        ("fiducial", ["0.52", "0.50", "1.6"], "1.25"),
        ("magnitude", ["0.40", "0.42"], "0.02"),
        # OIML R 76-1:2006, A.4.4.3, example: e = 5 g, load 1 kg, shown 1000 g, changeover after 1.5 g
        ("flicker", ["1000", "5", "1.5", "1000", "0"], "1.0"),
        # the same example: at zero E0 = +0.5 g, so the corrected error is +0.5 g
        ("flicker", ["1000", "5", "1.5", "1000", "0.5"], "0.5"),
        ("amount_difference", ["49.60", "2.505", "19.80"], "0.001"),
        # own: 19.94·(1 + 0.0012·2) = 19.987856; no expansion of the measure at 20 °C
        ("dispensed", ["19.987856", "19.94", "22", "20", "0.0012", "0.00005"], "0"),
        # own: 20·(1 + 0.00005·10) = 20.01: a warm measure holds more
        ("dispensed", ["20.01", "20", "30", "30", "0.0012", "0.00005"], "0"),
    ],
)
def test_formula(name: str, arguments: list[str], result: str):
    assert FORMULAS[name].function(*[D(argument) for argument in arguments]) == D(result)


@pytest.mark.parametrize(
    ("name", "values", "result"),
    [
        ("mean", ["0.1", "0.2", "0.6"], "0.3"),
        ("range", ["-0.1", "0.2", "0.6"], "0.7"),
        # Source: JJF 1059.1-2012, table 1: C = 1.69 for n = 3
        ("range_by_coefficient", ["0", "0.169", "0.1"], "0.1"),
        ("standard_deviation", ["2", "4", "4", "4", "5", "5", "7", "9", "5"], "2"),
        ("largest", ["-0.6", "0.2"], "-0.6"),
    ],
)
def test_combination(name: str, values: list[str], result: str):
    combine = COMBINATIONS[name]
    assert combine is not None
    assert combine([D(value) for value in values]) == D(result)


@given(st.lists(st.decimals(-10, 10, places=3), min_size=2, max_size=9), st.decimals(-5, 5, places=3))
def test_spread_does_not_see_a_shift(values: list[D], shift: D):
    for name in ("range", "range_by_coefficient", "standard_deviation"):
        combine = COMBINATIONS[name]
        assert combine is not None
        assert abs(combine([value + shift for value in values]) - combine(values)) < D("1e-12")
