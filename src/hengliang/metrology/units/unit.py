"""A unit: a product of powers of units of the table, each with or without a prefix."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Self

from hengliang.metrology.units.errors import NoCode, ScaleClash
from hengliang.metrology.units.scale import Scale
from hengliang.metrology.units.table import BASE, Exponents, Prefix, Row, rows


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a unit: (prefix unit)^exponent."""

    row: Row
    prefix: Prefix | None = None
    exponent: int = 1

    @property
    def scale(self) -> Scale:
        """What the factor is in base units."""
        own = self.prefix.scale * self.row.scale if self.prefix else self.row.scale
        return own**self.exponent

    def raised(self, exponent: int) -> "Factor":
        """The factor to a further power."""
        return Factor(self.row, self.prefix, self.exponent * exponent)


@dataclass(frozen=True)
class Unit:
    """A unit of measurement; immutable, compared by its factors.

    An interval or logarithmic unit (°C, dBm) stands alone; inside a product °C means the interval of 1 K.
    """

    factors: tuple[Factor, ...]

    def __post_init__(self) -> None:
        for factor in self.factors:
            if factor.row.decades is not None and (len(self.factors) > 1 or factor.exponent != 1):
                raise ScaleClash(unit=factor.row.symbol, scale="a logarithmic", reason="it can't be multiplied.")

    @cached_property
    def exponents(self) -> Exponents:
        """Exponents of m, kg, s, A, K, mol, cd."""
        columns = (sum(f.row.exponents[i] * f.exponent for f in self.factors) for i in range(len(BASE)))
        m, kg, s, a, k, mol, cd = columns
        return m, kg, s, a, k, mol, cd

    @cached_property
    def scale(self) -> Scale:
        """What one unit is in base units; for a logarithmic unit, its reference."""
        total = Scale()
        for factor in self.factors:
            total = total * factor.scale
        return total

    @property
    def single(self) -> Row | None:
        """The row, for a unit that is one row to the power 1."""
        return self.factors[0].row if len(self.factors) == 1 and self.factors[0].exponent == 1 else None

    @cached_property
    def kind(self) -> str:
        """The kind of quantity, "" where the unit alone does not tell (m²·kg/s² may be energy or torque)."""
        if self.single:
            return self.single.kind
        product = _products().get(_signature(self.factors))
        return product.kind if product else ""

    @property
    def is_ratio(self) -> bool:
        """Whether the unit is on a ratio scale, so that it may be multiplied."""
        return self.single is None or self.single.is_ratio

    @property
    def statutory(self) -> bool:
        """Whether every factor is a Chinese statutory unit. Source: GB 3100-1993; order of 1984-02-27."""
        return all(f.row.status != "no" for f in self.factors)

    def __mul__(self, other: Self) -> Self:
        return type(self)(_merged((*self.factors, *other.factors)))

    def __truediv__(self, other: Self) -> Self:
        return self * other**-1

    def __pow__(self, exponent: int) -> Self:
        return type(self)(_merged(f.raised(exponent) for f in self.factors))

    def __str__(self) -> str:
        return self.symbol

    @property
    def symbol(self) -> str:
        """The symbol as printed: kg/m³, W/(m²·K)."""
        if not self.factors:
            return "1"
        above = "·".join(_printed(f) for f in self.factors if f.exponent > 0)
        below = [_printed(f.raised(-1)) for f in self.factors if f.exponent < 0]
        if not above:
            return "·".join(_printed(f) for f in self.factors)
        if not below:
            return above
        return f"{above}/{below[0]}" if len(below) == 1 else f"{above}/({'·'.join(below)})"

    @property
    def ucum(self) -> str:
        """The UCUM code, case sensitive. Raises NoCode for units that UCUM lacks."""
        return ".".join(self._coded("UCUM", lambda r: r.ucum, lambda p: p.ucum, "{}")) or "1"

    @property
    def dsi(self) -> str:
        """The D-SI code, without \\per. Raises NoCode for units that D-SI lacks."""
        return "".join(self._coded("D-SI", lambda r: r.dsi, lambda p: f"\\{p.name}", "\\tothe{{{}}}")) or "\\one"

    @property
    def qudt(self) -> str:
        """The QUDT IRI by that vocabulary's naming rule; not every combination has an entry there."""
        above = [_qudt(f) for f in self.factors if f.exponent > 0]
        below = [_qudt(f.raised(-1)) for f in self.factors if f.exponent < 0]
        name = "-".join((*above, "PER", *below) if below else above) or "UNITLESS"
        return f"http://qudt.org/vocab/unit/{name}"

    def _coded(self, notation: str, code: object, prefix: object, power: str) -> Iterator[str]:
        for factor in self.factors:
            own = code(factor.row)  # type: ignore[operator]
            if not own:
                raise NoCode(unit=factor.row.symbol, notation=notation, instead=factor.row.instead or "an SI unit")
            front = prefix(factor.prefix) if factor.prefix else ""  # type: ignore[operator]
            yield f"{front}{own}" + (power.format(factor.exponent) if factor.exponent != 1 else "")

    def name(self, language: str = "zh") -> str:
        """The name in Chinese ("zh") or English ("en"): 千克每立方米, kilogram per cubic metre."""
        above = [_named(f, language) for f in self.factors if f.exponent > 0]
        below = [_named(f.raised(-1), language) for f in self.factors if f.exponent < 0]
        if not self.factors:
            return "一" if language == "zh" else "one"
        product = _products().get(_signature(self.factors))
        if product and all(f.prefix is None for f in self.factors[1:]):
            first = Factor(product, self.factors[0].prefix)
            return _named(first, language)
        if language == "zh":
            return "".join(above) + ("每" + "".join(below) if below else "")
        return " ".join([*above, *(["per", *below] if below else [])])


def _merged(factors: Iterable[Factor]) -> tuple[Factor, ...]:
    powers: dict[tuple[Row, Prefix | None], int] = {}
    for f in factors:
        powers[f.row, f.prefix] = powers.get((f.row, f.prefix), 0) + f.exponent
    return tuple(Factor(row, prefix, power) for (row, prefix), power in powers.items() if power)


def _signature(factors: Iterable[Factor]) -> frozenset[tuple[str, int]]:
    # kN·m and N·m are one kind; so prefixes don't count, and kg is g.
    powers: dict[str, int] = {}
    for f in factors:
        name = "g" if f.row.symbol == "kg" else f.row.symbol
        powers[name] = powers.get(name, 0) + f.exponent
    return frozenset(powers.items())


@cache
def _products() -> dict[frozenset[tuple[str, int]], Row]:
    """Rows that are products of other rows: N·m, kW·h."""
    found = (row for row in rows() if "·" in row.symbol)
    return {frozenset((part, 1) for part in row.symbol.split("·")): row for row in found}


_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _printed(factor: Factor) -> str:
    front = factor.prefix.symbol if factor.prefix else ""
    power = "" if factor.exponent == 1 else str(factor.exponent).translate(_SUPERSCRIPT)
    return f"{front}{factor.row.symbol}{power}"


def _qudt(factor: Factor) -> str:
    front = factor.prefix.name.capitalize() if factor.prefix else ""
    own = factor.row.qudt or factor.row.symbol
    return f"{front}{own}" + ("" if factor.exponent == 1 else str(factor.exponent))


# Square and cubic are for lengths; other powers have names of their own. Source: GB 3100-1993, 6.1 and 6.2.
_LENGTH = {"zh": {2: "平方{}", 3: "立方{}"}, "en": {2: "square {}", 3: "cubic {}"}}
_OTHER = {"zh": {2: "二次方{}", 3: "三次方{}"}, "en": {2: "{} squared", 3: "{} cubed"}}
_ANY = {"zh": "{1}次方{0}", "en": "{0} to the power {1}"}


def _named(factor: Factor, language: str) -> str:
    front = (factor.prefix.zh if language == "zh" else factor.prefix.name) if factor.prefix else ""
    own = front + (factor.row.zh if language == "zh" else factor.row.en)
    if factor.exponent == 1:
        return own
    patterns = (_LENGTH if factor.row.kind == "length" else _OTHER)[language]
    return patterns.get(factor.exponent, _ANY[language]).format(own, factor.exponent)
