"""The closed table of units and the SI prefixes.

Source: BIPM SI brochure, 9th edition (2019), Tables 2, 4, 7, 8; GB 3100-1993; GB 3102-1993; UCUM 2.1;
D-SI (Zenodo 3366902); QUDT 2.1; NIST SP 811 (2008), Appendix B, for units outside the SI.
"""

import csv
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from hengliang.metrology.units.scale import Scale

BASE = ("m", "kg", "s", "A", "K", "mol", "cd")
Exponents = tuple[int, int, int, int, int, int, int]
Status = Literal["si", "cn", "no"]


@dataclass(frozen=True, slots=True)
class Prefix:
    """An SI prefix. `symbol` is as printed, `ucum` as in UCUM."""

    symbol: str
    name: str
    zh: str
    power: int
    ucum: str

    @property
    def scale(self) -> Scale:
        """10 to the power."""
        return Scale(Fraction(10) ** self.power)


_PREFIXES = """
quecto q 亏 -30; ronto r 柔 -27; yocto y 幺 -24; zepto z 仄 -21; atto a 阿 -18; femto f 飞 -15;
pico p 皮 -12; nano n 纳 -9; micro µ 微 -6; milli m 毫 -3; centi c 厘 -2; deci d 分 -1;
deca da 十 1; hecto h 百 2; kilo k 千 3; mega M 兆 6; giga G 吉 9; tera T 太 12;
peta P 拍 15; exa E 艾 18; zetta Z 泽 21; yotta Y 尧 24; ronna R 容 27; quetta Q 昆 30
"""


@cache
def prefixes() -> tuple[Prefix, ...]:
    """The 24 SI prefixes."""
    parts = (item.split() for item in _PREFIXES.split(";"))
    return tuple(Prefix(s, name, zh, int(power), "u" if s == "µ" else s) for name, s, zh, power in parts)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the table.

    exponents : of the base units m, kg, s, A, K, mol, cd
    scale : what one unit is in base units
    kind : kind of quantity, so that torque is not energy; "" for the unit one
    prefixes : symbols of the prefixes it takes
    status : "si", "cn" (Chinese statutory unit outside the SI) or "no"
    instead : the statutory unit to write instead of one that is not statutory
    zero : where an interval scale has its zero, in base units
    decades : for a logarithmic scale, powers of ten per unit of level; `scale` is then the reference
    """

    symbol: str
    ucum: str
    dsi: str
    qudt: str
    en: str
    zh: str
    kind: str
    exponents: Exponents
    scale: Scale
    prefixes: tuple[str, ...]
    status: Status
    aliases: tuple[str, ...]
    instead: str
    zero: Fraction | None
    decades: Fraction | None

    @property
    def is_ratio(self) -> bool:
        """Whether the scale has a natural zero: a ratio scale."""
        return self.zero is None and self.decades is None


@cache
def rows() -> tuple[Row, ...]:
    """Every unit of the table."""
    from importlib.resources import files

    text = (files(__package__) / "table.csv").read_text(encoding="utf-8")
    return tuple(_row(record) for record in csv.DictReader(text.splitlines(), delimiter="|", quoting=csv.QUOTE_NONE))


def read_dimension(text: str) -> Exponents:
    """Exponents of a product of base units.

    >>> read_dimension("m2 kg s-2")
    (2, 1, -2, 0, 0, 0, 0)
    """
    exponents = dict.fromkeys(BASE, 0)
    for part in text.split():
        base = part.rstrip("-0123456789")
        if base:
            exponents[base] += int(part[len(base) :] or 1)
    m, kg, s, a, k, mol, cd = (exponents[base] for base in BASE)
    return m, kg, s, a, k, mol, cd


def _row(record: dict[str, str]) -> Row:
    rule, _, number = record["rule"].partition(" ")
    allowed = record["prefixes"]
    return Row(
        symbol=record["symbol"],
        ucum=record["ucum"],
        dsi=record["dsi"],
        qudt=record["qudt"],
        en=record["en"],
        zh=record["zh"],
        kind=record["kind"],
        exponents=read_dimension(record["dimension"]),
        scale=Scale.read(record["scale"]),
        prefixes=tuple(p.symbol for p in prefixes()) if allowed == "all" else tuple(allowed.split()),
        status=_status(record["status"]),
        aliases=tuple(filter(None, record["aliases"].split(","))),
        instead=record["instead"],
        zero=Fraction(number) if rule == "zero" else None,
        decades=Fraction(number) if rule == "log" else None,
    )


def _status(text: str) -> Status:
    if text not in ("si", "cn", "no"):
        raise ValueError(f"table of units: unknown status {text!r}")
    return text  # type: ignore[return-value]
