"""Every pair of units of the table that share a dimension, against pint."""

import itertools

import pytest

from hengliang.metrology.units import read_unit, rows
from hengliang.metrology.units.unit import Unit

pint = pytest.importorskip("pint", reason="the oracle pint is not installed")
registry = pint.UnitRegistry()

# Our symbol -> pint's expression. Rows that pint lacks, with why, stand in `ABSENT`.
NAMES = {
    **{
        s: s
        for s in [
            "m",
            "kg",
            "g",
            "s",
            "A",
            "K",
            "mol",
            "cd",
            "rad",
            "sr",
            "Hz",
            "N",
            "Pa",
            "J",
            "W",
            "C",
            "V",
            "F",
            "S",
            "Wb",
            "T",
            "H",
            "lm",
            "lx",
            "Bq",
            "Gy",
            "Sv",
            "kat",
            "min",
            "h",
            "d",
        ]
    },
    **{
        s: s
        for s in [
            "eV",
            "t",
            "L",
            "bar",
            "atm",
            "mmHg",
            "cmHg",
            "inHg",
            "psi",
            "dyn",
            "kgf",
            "erg",
            "hp",
            "rem",
            "Gal",
            "tex",
            "P",
            "St",
        ]
    },
    "Ω": "ohm",
    "°": "degree",
    "′": "arcminute",
    "″": "arcsecond",
    "n mile": "nautical_mile",
    "kn": "knot",
    "hm²": "hectare",
    "%": "percent",
    "V·A": "volt*ampere",
    "var": "watt",
    "W·h": "watt*hour",
    "V·A·h": "watt*hour",
    "var·h": "watt*hour",
    "A·h": "ampere*hour",
    "N·m": "newton*meter",
    "Pa·s": "pascal*second",
    "J/kg": "joule/kilogram",
    "at": "technical_atmosphere",
    "gf": "gram_force",
    "tf": "metric_ton*standard_gravity",
    "lbf": "force_pound",
    "kgf·m": "kilogram_force*meter",
    "cal": "calorie",
    "cal_IT": "international_calorie",
    "cal₁₅": "fifteen_degree_calorie",
    "Btu": "international_british_thermal_unit",
    "mil": "thou",
    "PS": "metric_horsepower",
    "in": "inch",
    "ft": "foot",
    "yd": "yard",
    "mi": "mile",
    "Å": "angstrom",
    "acre": "4840*yard**2",
    "au": "astronomical_unit",
    "ly": "light_year",
    "in²": "inch**2",
    "ft²": "foot**2",
    "are": "are",
    "b": "barn",
    "gal": "gallon",
    "gal_UK": "imperial_gallon",
    "fl oz": "fluid_ounce",
    "pt": "pint",
    "bbl": "oil_barrel",
    "cc": "centimeter**3",
    "lb": "pound",
    "oz": "ounce",
    "ozt": "troy_ounce",
    "gr": "grain",
    "ct": "carat",
    "sh ton": "short_ton",
    "gₙ": "standard_gravity",
    "Gs": "tesla*1e-4",
    "Mx": "weber*1e-8",
    "sb": "stilb",
    "nt": "nit",
    "Ci": "curie",
    "R": "roentgen",
    "rad(dose)": "rads",
    "gon": "grade",
    "mph": "mile/hour",
    "ppm": "ppm",
    "ppb": "1e-9",
    "den": "denier",
    "D": "1/meter",
    "a": "year",
    "wk": "week",
    "ph": "lumen*1e4/meter**2",
    "fc": "lumen/foot**2",
    "‰": "permille",
    "°R": "degR",
    "mmH₂O": "kilogram_force/meter**2",
    "mH₂O": "1000*kilogram_force/meter**2",
    "Torr": "torr",
    "r/min": "1/minute",
    "r/s": "1/second",
    "rpm": "1/minute",
}
ABSENT = {
    **dict.fromkeys(["尺", "寸", "丈", "里", "亩", "斤", "两", "钱", "担"], "Chinese market units"),
    **dict.fromkeys(["dB", "Np", "B", "pH", "dBm", "dBW", "dBV", "dBµV", "dB(SPL)"], "levels: own tests"),
    **dict.fromkeys(["°C", "°F"], "interval scales: own test"),
    **dict.fromkeys(["tce", "kgce"], "coal equivalent, 7000 kcal_IT by convention: own test"),
    **dict.fromkeys(["Oe"], "pint keeps the oersted in the Gaussian system: own test"),
    **dict.fromkeys(["u"], "CODATA value differs by edition: own test"),
    **dict.fromkeys(["bit", "B(byte)", "m³(n)", "1"], "counted or conventional"),
}
NAMES = {symbol: name for symbol, name in NAMES.items() if symbol not in ABSENT}
TABLE = {row.symbol: row for row in rows()}
BY_PINT = {symbol: registry.parse_expression(name) for symbol, name in NAMES.items() if symbol in TABLE}


def in_base(quantity):
    return quantity.to_base_units().magnitude if hasattr(quantity, "to_base_units") else float(quantity)


def test_every_row_is_compared_or_excused():
    assert set(TABLE) <= set(NAMES) | set(ABSENT), set(TABLE) - set(NAMES) - set(ABSENT)


def pairs():
    by_dimension = sorted((r for r in rows() if r.symbol in BY_PINT), key=lambda r: r.exponents)
    for _, group in itertools.groupby(by_dimension, key=lambda r: r.exponents):
        yield from itertools.combinations([r.symbol for r in group], 2)


@pytest.mark.parametrize(("first", "second"), list(pairs()))
def test_ratio_of_a_pair(first, second):
    ours = float(TABLE[first].scale / TABLE[second].scale)
    theirs = in_base(BY_PINT[first]) / in_base(BY_PINT[second])
    assert ours == pytest.approx(theirs, rel=1e-9), (first, second)


@pytest.mark.parametrize("symbol", sorted(BY_PINT))
def test_dimension(symbol):
    quantity = BY_PINT[symbol]
    names = {"[length]": 0, "[mass]": 1, "[time]": 2, "[current]": 3, "[temperature]": 4, "[substance]": 5}
    names["[luminosity]"] = 6
    exponents = [0] * 7
    for name, power in getattr(quantity, "dimensionality", {}).items():
        exponents[names[name]] = power
    assert tuple(exponents) == TABLE[symbol].exponents


@pytest.mark.parametrize("prefix", ["n", "µ", "m", "c", "k", "M", "G"])
def test_prefixes(prefix):
    ours: Unit = read_unit(f"{prefix}m")
    assert float(ours.scale) == pytest.approx(in_base(registry.parse_expression(f"{prefix}m")), rel=1e-15)
