"""Conversion between units: exact where the units are, checked for dimension and kind of quantity."""

import math
from fractions import Fraction
from typing import overload

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.units.errors import BadValue, DimensionClash, KindClash, ScaleClash, UnknownUnit
from hengliang.metrology.units.read import read_unit
from hengliang.metrology.units.table import BASE, Exponents
from hengliang.metrology.units.unit import Unit

Floats = NDArray[np.float64]


@overload
def convert(value: float, source: Unit | str, target: Unit | str) -> float: ...
@overload
def convert(value: Floats, source: Unit | str, target: Unit | str) -> Floats: ...
def convert(value: float | Floats, source: Unit | str, target: Unit | str) -> float | Floats:
    """`value`, a number or an array in `source`, expressed in `target`.

    A single number between rational scales is converted exactly and rounded once.
    Raises UnknownUnit, DimensionClash, KindClash, BadValue.

    >>> convert(25, "°C", "°F"), convert(1, "in", "mm"), convert(30, "dBm", "W")
    (77.0, 25.4, 1.0)
    """
    source, target = _unit(source), _unit(target)
    require_same_quantity(source, target)
    _require_number(value, source, target)
    try:
        return _converted(value, source, target)
    except OverflowError:
        raise BadValue(value=value, source=source, target=target, reason="it is too large") from None


def _converted(value: float | Floats, source: Unit, target: Unit) -> float | Floats:
    if source.is_ratio and target.is_ratio:
        return _scaled(value, source, target)
    if _logarithmic(source) or _logarithmic(target):
        return _from_base(_to_base(value, source), target)
    return _shifted(value, source, target)


@overload
def convert_difference(value: float, source: Unit | str, target: Unit | str) -> float: ...
@overload
def convert_difference(value: Floats, source: Unit | str, target: Unit | str) -> Floats: ...
def convert_difference(value: float | Floats, source: Unit | str, target: Unit | str) -> float | Floats:
    """A difference (or an uncertainty) in `source`, in `target`: the zeros of °C and °F play no part.

    Raises ScaleClash for logarithmic scales, where a difference has no fixed size.

    >>> convert_difference(9, "°F", "°C")
    5.0
    """
    source, target = _unit(source), _unit(target)
    require_same_quantity(source, target)
    for unit in (source, target):
        if _logarithmic(unit):
            raise ScaleClash(unit=unit.symbol, scale="a logarithmic", reason="a difference has no fixed size.")
    return _scaled(value, source, target)


def exact_ratio(source: Unit | str, target: Unit | str) -> Fraction:
    """How many `target` one `source` is, exactly. Raises ScaleClash when the ratio is not rational.

    >>> exact_ratio("mile", "km")
    Fraction(25146, 15625)
    """
    source, target = _unit(source), _unit(target)
    require_same_quantity(source, target)
    scale = source.scale / target.scale
    if not scale.rational or not (source.is_ratio and target.is_ratio):
        raise ScaleClash(unit=f"{source}/{target}", scale="no rational", reason="use convert().")
    return scale.ratio


def same_quantity(source: Unit | str, target: Unit | str) -> bool:
    """Whether the two units measure the same kind of quantity."""
    try:
        require_same_quantity(_unit(source), _unit(target))
    except (DimensionClash, KindClash):
        return False
    return True


def require_same_quantity(source: Unit, target: Unit) -> None:
    """Raises DimensionClash or KindClash unless the units measure the same kind of quantity."""
    if source.exponents != target.exponents:
        raise DimensionClash(
            source=source.symbol,
            source_dimension=dimension_text(source.exponents),
            target=target.symbol,
            target_dimension=dimension_text(target.exponents),
        )
    if source.kind and target.kind and source.kind != target.kind:
        raise KindClash(source=source.symbol, source_kind=source.kind, target=target.symbol, target_kind=target.kind)


def dimension_text(exponents: Exponents) -> str:
    """The dimension as a product of base units: `m kg s-2`, `1` for none."""
    parts = (f"{b}{e if e != 1 else ''}" for b, e in zip(BASE, exponents, strict=True) if e)
    return " ".join(parts) or "1"


def _require_number(value: float | Floats, source: Unit, target: Unit) -> None:
    if not isinstance(value, int | float | np.number | np.ndarray | Fraction):
        raise BadValue(value=repr(value)[:60], source=source, target=target, reason="it is no number")
    if _logarithmic(target) and not _logarithmic(source) and not np.all(np.asarray(value, dtype=float) > 0):
        raise BadValue(value=value, source=source, target=target, reason="a level needs a quantity above zero")


def _unit(unit: Unit | str) -> Unit:
    if not isinstance(unit, Unit | str):
        raise UnknownUnit(part=repr(unit)[:60], text=repr(unit)[:60])
    return read_unit(unit) if isinstance(unit, str) else unit


def _logarithmic(unit: Unit) -> bool:
    return unit.single is not None and unit.single.decades is not None


def _scaled(value: float | Floats, source: Unit, target: Unit) -> float | Floats:
    scale = source.scale / target.scale
    if isinstance(value, np.ndarray):
        return value * float(scale)
    if not scale.rational or not math.isfinite(value):
        return value * float(scale)
    return float(Fraction(value) * scale.ratio)


def _zero(unit: Unit) -> Fraction:
    return (unit.single.zero or Fraction(0)) if unit.single else Fraction(0)


def _shifted(value: float | Floats, source: Unit, target: Unit) -> float | Floats:
    ratio = (source.scale / target.scale).ratio
    offset = (_zero(source) - _zero(target)) / target.scale.ratio
    if isinstance(value, np.ndarray) or not math.isfinite(value):
        return value * float(ratio) + float(offset)
    # The decimal as written counts, not its binary neighbour: 26.85 °C is 300 K.
    return float(Fraction(repr(float(value))) * ratio + offset)


def _to_base(value: float | Floats, unit: Unit) -> float | Floats:
    row = unit.single
    if row is None or row.is_ratio:
        return value * float(unit.scale)
    decades = float(row.decades or 0)
    return float(unit.scale) * 10.0 ** (value * decades)


def _from_base(value: float | Floats, unit: Unit) -> float | Floats:
    row = unit.single
    if row is None or row.is_ratio:
        return value / float(unit.scale)
    ratio = value / float(unit.scale)
    decades = float(row.decades or 0)
    return np.log10(ratio) / decades if isinstance(ratio, np.ndarray) else math.log10(ratio) / decades
