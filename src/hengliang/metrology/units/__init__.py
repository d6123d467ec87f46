"""Units of measurement: a closed table with exact scales, read leniently, written strictly.

>>> from hengliang.metrology.units import convert, read_unit
>>> convert(1, "kgf/cm2", "kPa")
98.0665
>>> read_unit("千克每立方米").ucum
'kg.m-3'
"""

from hengliang.metrology.units.convert import convert, convert_difference, exact_ratio, same_quantity
from hengliang.metrology.units.errors import UnitError
from hengliang.metrology.units.legal import Finding, check_text
from hengliang.metrology.units.read import read_unit
from hengliang.metrology.units.table import Row, rows
from hengliang.metrology.units.unit import Unit

__all__ = [
    "Finding",
    "Row",
    "Unit",
    "UnitError",
    "check_text",
    "convert",
    "convert_difference",
    "exact_ratio",
    "read_unit",
    "rows",
    "same_quantity",
]
