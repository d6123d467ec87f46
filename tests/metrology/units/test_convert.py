import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.units import convert, convert_difference, exact_ratio, read_unit, rows, same_quantity
from hengliang.metrology.units.errors import BadValue, DimensionClash, KindClash, ScaleClash, UnknownUnit

TABLE = {row.symbol: row for row in rows()}
RATIO = [row.symbol for row in rows() if row.is_ratio]


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (1, "in", "mm", 25.4),
        (1, "kgf/cm2", "kPa", 98.0665),  # 9.80665 N on 1e-4 m²
        (26.85, "°C", "K", 300.0),
        (77, "°F", "°C", 25.0),
        (-40, "°C", "°F", -40.0),
        (30, "dBm", "W", 1.0),
        (1, "W", "dBm", 30.0),
        (120, "dBµV", "V", 1.0),
        (7, "pH", "mol/L", 1e-7),
        (94, "dB(SPL)", "Pa", 2e-5 * 10**4.7),
        (1, "Np", "dB", 20 / math.log(10)),  # ISO 80000-3
        (1, "kW·h", "MJ", 3.6),
        (1, "tce", "GJ", 29.3076),  # 7000 kcal_IT/kg x 4.1868
        (15, "亩", "hm²", 1.0),
        (60, "r/min", "r/s", 1.0),
        (1, "Oe", "A/m", 1000 / (4 * math.pi)),
        (1, "u", "kg", 1.66053906660e-27),  # CODATA 2018
        (180, "°", "rad", math.pi),
    ],
)
def test_known_conversions(value, source, target, expected):
    assert convert(value, source, target) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("first", "second"),
    [("N·m", "J"), ("Gy", "Sv"), ("Hz", "Bq"), ("W", "V·A"), ("var·h", "kW·h"), ("%", "rad"), ("kN·m", "kJ")],
)
def test_same_dimension_is_not_the_same_quantity(first, second):
    assert not same_quantity(first, second)
    with pytest.raises(KindClash) as caught:
        convert(1, first, second)
    assert "quantity is not" in str(caught.value)


def test_dimensions_clash_with_both_named():
    with pytest.raises(DimensionClash, match=r"m \(m\) can't be converted to s \(s\)"):
        convert(1, "m", "s")


def test_a_difference_ignores_the_zero():
    assert convert_difference(9, "°F", "°C") == 5.0
    with pytest.raises(ScaleClash):
        convert_difference(3, "dBm", "W")


def test_levels_can_not_be_multiplied():
    with pytest.raises(ScaleClash):
        read_unit("dBm") * read_unit("s")


def test_arrays_convert_like_numbers():
    values = np.array([0.0, 25.0, 100.0])
    assert convert(values, "°C", "°F") == pytest.approx([32, 77, 212])
    assert convert(values, "bar", "kPa") == pytest.approx([0, 2500, 10000])


def test_ratios_are_exact():
    assert exact_ratio("mi", "m") == Fraction(1609344, 1000)
    assert exact_ratio("Torr", "Pa") == Fraction(101325, 760)
    with pytest.raises(ScaleClash):
        exact_ratio("°", "rad")


@given(st.floats(-1e12, 1e12), st.sampled_from(RATIO), st.sampled_from(RATIO))
def test_there_and_back(value, first, second):
    if same_quantity(first, second):
        assert convert(convert(value, first, second), second, first) == pytest.approx(value, rel=1e-14, abs=1e-300)


@given(st.sampled_from(RATIO), st.sampled_from(RATIO), st.sampled_from(RATIO))
def test_conversion_is_transitive(a, b, c):
    if same_quantity(a, b) and same_quantity(b, c) and same_quantity(a, c):
        direct = TABLE[a].scale / TABLE[c].scale
        assert (TABLE[a].scale / TABLE[b].scale) * (TABLE[b].scale / TABLE[c].scale) == direct


@pytest.mark.parametrize(
    ("value", "source", "target", "reason"),
    [
        (0, "W", "dBm", "above zero"),
        (-1.0, "W", "dBm", "above zero"),
        (np.array([1.0, 0.0]), "W", "dBm", "above zero"),
        (1e308, "km", "nm", "too large"),
        ("1", "m", "km", "no number"),
        (None, "m", "km", "no number"),
    ],
)
def test_what_has_no_place_on_the_scale_is_refused(value, source, target, reason):
    with pytest.raises(BadValue, match=reason):
        convert(value, source, target)


def test_a_unit_is_text():
    with pytest.raises(UnknownUnit, match="None"):
        convert(1, None, "m")
