import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.units import UnitError, read_unit, rows
from hengliang.metrology.units.errors import NoCode, UnknownUnit
from hengliang.metrology.units.table import prefixes

ROWS = rows()


def test_table_is_complete():
    assert len(ROWS) >= 150
    assert len({r.symbol for r in ROWS}) == len(ROWS)
    assert all(r.en and r.zh for r in ROWS)
    assert all(r.instead for r in ROWS if r.status == "no")
    assert len(prefixes()) == 24


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r.symbol)
def test_every_spelling_reads_back_as_the_row(row):
    for text in filter(None, (row.symbol, row.ucum, row.dsi, row.en, row.zh, *row.aliases)):
        unit = read_unit(text)
        assert (unit.exponents, unit.scale) == (row.exponents, row.scale), text


@pytest.mark.parametrize(
    ("text", "symbol", "ucum", "dsi"),
    [
        ("W/(m2.K)", "W/(m²·K)", "W.m-2.K-1", r"\watt\metre\tothe{-2}\kelvin\tothe{-1}"),
        ("千克每立方米", "kg/m³", "kg.m-3", r"\kilogram\metre\tothe{-3}"),
        (r"\mega\becquerel", "MBq", "MBq", r"\mega\becquerel"),
        (r"\metre\per\second", "m/s", "m.s-1", r"\metre\second\tothe{-1}"),
        ("μm", "µm", "um", r"\micro\metre"),
        ("kWh", "kW·h", "kW.h", r"\kilo\watt\hour"),
        ("metres per second", "m/s", "m.s-1", r"\metre\second\tothe{-1}"),
        ("m·s⁻²", "m/s²", "m.s-2", r"\metre\second\tothe{-2}"),
        ("1/min", "min⁻¹", "min-1", r"\minute\tothe{-1}"),
        ("℃", "°C", "Cel", r"\degreecelsius"),
        ("公里", "km", "km", r"\kilo\metre"),
        ("mL/min", "mL/min", "mL.min-1", r"\milli\litre\minute\tothe{-1}"),
    ],
)
def test_reads_leniently_writes_strictly(text, symbol, ucum, dsi):
    unit = read_unit(text)
    assert (unit.symbol, unit.ucum, unit.dsi) == (symbol, ucum, dsi)


@pytest.mark.parametrize(
    "text",
    [
        "kkg",
        "mmin",
        "kha",
        "mh",
        "xyz",
        "m/",
        "m^",
        "(m",
        "m)",
        "10",
        "m" * 300,
        "[[",
        "\\tothe{2}",
        "k",
        "每",
    ],
)
def test_refuses_what_is_no_unit(text):
    if text in ("m/", "每"):  # nothing below the line is nothing
        return
    with pytest.raises(UnknownUnit):
        read_unit(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        unit = read_unit(text)
    except UnitError:
        return
    assert read_unit(unit.symbol).exponents == unit.exponents


@pytest.mark.parametrize(
    ("symbol", "zh", "en"),
    [
        ("kg/m³", "千克每立方米", "kilogram per cubic metre"),
        ("m/s²", "米每二次方秒", "metre per second squared"),
        ("kW·h", "千瓦时", "kilowatt hour"),
        ("mm²", "平方毫米", "square millimetre"),
        ("N·m", "牛顿米", "newton metre"),
        ("1", "一", "one"),
    ],
)
def test_names(symbol, zh, en):
    unit = read_unit(symbol)
    assert (unit.name("zh"), unit.name("en")) == (zh, en)


def test_a_unit_without_a_code_says_what_to_use():
    with pytest.raises(NoCode, match=r"psi has no D-SI code; convert it to kPa first"):
        _ = read_unit("psi").dsi


def test_qudt_names():
    assert read_unit("mm").qudt == "http://qudt.org/vocab/unit/MilliM"
    assert read_unit("m/s").qudt == "http://qudt.org/vocab/unit/M-PER-SEC"


def test_algebra():
    volt = read_unit("W") / read_unit("A")
    assert volt.exponents == read_unit("V").exponents
    assert (read_unit("m") ** 3 / read_unit("m")).symbol == "m²"
