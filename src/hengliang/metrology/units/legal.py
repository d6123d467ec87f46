"""Finds units in a text that are not Chinese statutory units, or are written wrongly.

Source: 中华人民共和国法定计量单位 (State Council order of 1984-02-27); GB 3100-1993, clauses 4 to 7.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hengliang.metrology.units.errors import UnitError
from hengliang.metrology.units.read import read_unit
from hengliang.metrology.units.table import rows

Fault = Literal["not_statutory", "miswritten"]

# As found on certificates, labels and in official texts; the right form beside the wrong one.
_MISWRITTEN = {
    **dict.fromkeys(("Kg", "KG", "kG", "Kgs", "KGS", "kgs"), "kg"),
    **dict.fromkeys(("Km", "KM"), "km"),
    **dict.fromkeys(("KW", "Kw", "kw"), "kW"),
    **dict.fromkeys(("KWh", "KWH", "Kwh", "kwh", "KW·h", "Kw·h", "kw·h", "kW.H"), "kW·h"),
    **dict.fromkeys(("KPa", "KPA", "Kpa", "kpa"), "kPa"),
    **dict.fromkeys(("MPA", "Mpa"), "MPa"),
    **dict.fromkeys(("KV", "Kv", "kv"), "kV"),
    **dict.fromkeys(("KHz", "KHZ", "khz"), "kHz"),
    **dict.fromkeys(("MHZ", "Mhz"), "MHz"),
    **dict.fromkeys(("HZ", "hz"), "Hz"),
    **dict.fromkeys(("MM", "Mm"), "mm"),
    **dict.fromkeys(("CM", "Cm"), "cm"),
    **dict.fromkeys(("ML", "Ml"), "mL"),
    **dict.fromkeys(("Mol", "MOL"), "mol"),
    **dict.fromkeys(("sec", "Sec"), "s"),
    **dict.fromkeys(("hr", "hrs", "Hr"), "h"),
    **dict.fromkeys(("°K", "degK"), "K"),
    **dict.fromkeys(("um",), "µm"),
    **dict.fromkeys(("rpm", "RPM", "转/分"), "r/min"),
    **dict.fromkeys(("公吨",), "t"),
    **dict.fromkeys(("公分",), "cm"),
    **dict.fromkeys(("c.c.", "C.C.", "CC"), "cm³"),
}
# Units that belong together and have one statutory successor.
_PRODUCTS = dict.fromkeys(("kgf/cm2", "kgf/cm²", "kg/cm2", "kg/cm²", "kgf/mm2", "kgf/mm²", "lbf/in2"), "MPa")
# Names that mean a unit even without a number; others (斤, 里, 度, 卡) are ordinary words as well.
_ALWAYS = re.compile(
    "标准大气压|工程大气压|毫米汞柱|华氏度|公斤力|千克力|卡路里|奥斯特|英寸|英尺|英里|英亩|"
    "盎司|加仑|马力|市斤|大卡|千卡|达因|尔格|高斯|居里|伦琴|磅"
)
_NUMBER = r"(?:\d[\d\s.,×^]*|[一二三四五六七八九十百千万亿两半几]+)"


_MESSAGES: dict[str, dict[Fault, str]] = {
    "zh": {
        "not_statutory": "“{}”不是法定计量单位，应使用{}。",
        "miswritten": "单位“{}”书写不规范，应写作{}。",
    },
    "en": {
        "not_statutory": "“{}” is not a statutory unit; use {}.",
        "miswritten": "“{}” is not how the unit is written; write {}.",
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the text: [start, end), the unit as written, what is wrong, and what to write instead."""

    start: int
    end: int
    written: str
    fault: Fault
    instead: str

    def message(self, language: str = "zh") -> str:
        """The finding as a sentence, in Chinese ("zh") or English ("en")."""
        return _MESSAGES["zh" if language == "zh" else "en"][self.fault].format(self.written, self.instead)


def check_text(text: str) -> tuple[Finding, ...]:
    """Every unit in `text` that is not statutory or is miswritten, in order, none overlapping.

    Latin symbols count after a number; Chinese names that are also ordinary words too.

    >>> [f.instead for f in check_text("净重 5 Kg，压力 2 kgf/cm2，功率 3 马力")]
    ['kg', 'MPa', 'kW']
    """
    found: dict[int, Finding] = {}
    for finding in (*_after_numbers(text), *_names(text)):
        known = found.get(finding.start)
        if known is None or finding.end > known.end:
            found[finding.start] = finding
    return tuple(_apart(sorted(found.values(), key=lambda f: (f.start, -f.end))))


def _apart(findings: list[Finding]) -> Iterator[Finding]:
    end = 0
    for finding in findings:
        if finding.start >= end:
            end = finding.end
            yield finding


_SYMBOL = re.compile(
    rf"{_NUMBER}\s*(?P<unit>[A-Za-zµμΩΩÅ°℃℉′″%‰㎜㎝㎞㎏](?:[A-Za-zµμΩΩÅ°₂₀₁₅ₙ²³⁻¹·./()\[\]^-]|\d(?!\d*\s*[A-Za-z]))*)"
)
_HAN = re.compile(rf"{_NUMBER}\s*(?P<unit>[\u4e00-\u9fff]{{1,8}})")


def _after_numbers(text: str) -> Iterator[Finding]:
    for match in _SYMBOL.finditer(text):
        written = match["unit"].rstrip(".-·/(^")
        fault = _fault(written)
        if fault:
            yield Finding(match.start("unit"), match.start("unit") + len(written), written, *fault)
    for match in _HAN.finditer(text):
        run = match["unit"]
        name = next((run[:n] for n in range(len(run), 0, -1) if run[:n] in _not_statutory()), None)
        if name:
            start = match.start("unit")
            yield Finding(start, start + len(name), name, "not_statutory", _not_statutory()[name])


def _names(text: str) -> Iterator[Finding]:
    for match in _ALWAYS.finditer(text):
        yield Finding(match.start(), match.end(), match.group(), "not_statutory", _not_statutory()[match.group()])


def _fault(written: str) -> tuple[Fault, str] | None:
    if written in _PRODUCTS:
        return "not_statutory", _PRODUCTS[written]
    for part in (written, *re.split(r"[/·]", written)):
        if part in _MISWRITTEN:
            return "miswritten", written.replace(part, _MISWRITTEN[part])
    try:
        unit = read_unit(written)
    except UnitError:
        return None
    if unit.statutory:
        return None
    instead = {f.row.symbol: f.row.instead for f in unit.factors if f.row.status == "no"}
    if len(unit.factors) == 1:
        return "not_statutory", next(iter(instead.values()))
    return "not_statutory", ", ".join(f"{old} → {new}" for old, new in instead.items())


@cache
def _not_statutory() -> dict[str, str]:
    """Chinese names of units that are not statutory, with what to write instead."""
    names = {
        name: row.instead
        for row in rows()
        if row.status == "no"
        for name in (row.zh, row.symbol, *row.aliases)
        if re.fullmatch(r"[\u4e00-\u9fff]+", name)
    }
    return names | {"大卡": "kJ", "千卡": "kJ", "公分": "cm", "公吨": "t", "市尺": "m", "市寸": "cm"}
