"""Reads units as people and machines write them: symbols, UCUM, D-SI, Chinese and English names.

Lenient in spelling (µ or μ, m2 or m², Nm or N·m, 公斤), never in meaning: what is not in the table, or could
mean two things, is refused.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from hengliang.metrology.units.errors import UnknownUnit
from hengliang.metrology.units.table import Prefix, Row, prefixes, rows
from hengliang.metrology.units.unit import Factor, Unit

LONGEST = 200  # characters of a unit; anything longer is no unit

_FOLD = str.maketrans(
    {"μ": "µ", "Ω": "Ω", "Å": "Å", "℃": "°C", "℉": "°F", "⋅": "·", "∙": "·", "•": "·", "・": "·", "×": "·"}
    | {"（": "(", "）": ")", "／": "/", "％": "%", "’": "′", "”": "″", "−": "-", "⁻": "-", "–": "-"}
    | dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
)
_COMMON = {"公里": "km", "公分": "cm", "公厘": "mm", "公引": "hm", "micron": "µm", "cu m": "m3", "sq m": "m2"}
# Symbols that people write without a sign between them.
_JOINED = {("W", "h"), ("A", "h"), ("var", "h"), ("V", "A"), ("N", "m"), ("Pa", "s")}
_HAN = r"\u4e00-\u9fff"
_TOKEN = re.compile(
    r"(?P<dsi>\\[A-Za-z]+)|(?P<power>\\tothe\{-?\d+\})"
    rf"|(?P<han>[{_HAN}]+)"
    r"|(?P<word>(?:[A-Za-zµΩÅ°′″'%‰\"_ₙ₂₀₁₅åöáéü]|\{[a-z]+\}|\[[^\]]*\])+)"
    r"|(?P<exponent>(?:\^|\*\*)?[-+]?\d+)|(?P<sign>[·.*/()\s])"
)


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit:
    """The unit that `text` names. Raises UnknownUnit.

    >>> read_unit("W/(m2.K)").symbol, read_unit("\\\\kilo\\\\gram\\\\metre\\\\tothe{-3}").symbol
    ('W/(m²·K)', 'kg/m³')
    """
    folded = text.strip().translate(_FOLD)
    if len(folded) > LONGEST:
        raise UnknownUnit(part=text[:20] + "…", text=text[:40] + "…")
    whole = _whole(folded)
    if whole is not None:
        return whole
    return _Reader(folded).unit()


def _whole(text: str) -> Unit | None:
    if text in ("", "1", "-"):
        return Unit(())
    found = spellings().get(_COMMON.get(text, text))
    return None if found is None else _unit(*found)


def _unit(prefix: Prefix | None, row: Row) -> Unit:
    return Unit(()) if row.symbol == "1" else Unit((Factor(row, prefix),))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split())
        self._at = 0

    def unit(self) -> Unit:
        """The whole text as a unit."""
        unit = self._product(closing=False)
        if self._at < len(self._tokens):
            raise self._unknown(self._tokens[self._at][1])
        return unit

    def _split(self) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(self._text):
            match = _TOKEN.match(self._text, at)
            if match is None:
                raise self._unknown(self._text[at:])
            at = match.end()
            kind = match.lastgroup or ""
            if kind == "dsi" and match.group() == "\\tothe":
                match = re.compile(r"\\tothe\{(-?\d+)\}").match(self._text, match.start())
                if match is None:
                    raise self._unknown("\\tothe")
                at, kind = match.end(), "exponent"
                yield kind, match.group(1)
            else:
                yield kind, match.group()

    def _product(self, *, closing: bool) -> Unit:
        total, divide, divide_rest = Unit(()), False, False
        while self._at < len(self._tokens):
            kind, part = self._tokens[self._at]
            if part == ")":
                if not closing:
                    raise self._unknown(part)
                break
            self._at += 1
            if kind == "sign" and part != "(":
                divide = divide or part == "/"
            elif _per(part):
                divide_rest = True
            else:
                unit = self._factor(kind, part)
                total = total / unit if divide or divide_rest else total * unit
                divide = False
        return total

    def _factor(self, kind: str, part: str) -> Unit:
        if part == "(":
            unit = self._product(closing=True)
            if self._at >= len(self._tokens):
                raise self._unknown("(")
            self._at += 1
            return unit ** self._exponent()
        power = {"square": 2, "cubic": 3, "\\square": 2, "\\cubic": 3}.get(part)
        if power:
            return self._next() ** power
        if kind == "exponent":
            return self._number(part)
        if kind == "dsi":
            return self._dsi(part) ** self._exponent()
        if kind == "han":
            return self._han(part)
        return self._word(part) ** self._exponent()

    def _next(self) -> Unit:
        while self._at < len(self._tokens) and self._tokens[self._at][1].isspace():
            self._at += 1
        if self._at >= len(self._tokens):
            raise self._unknown(self._text)
        kind, part = self._tokens[self._at]
        self._at += 1
        return self._factor(kind, part)

    def _exponent(self) -> int:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "exponent":
            self._at += 1
            return int(self._tokens[self._at - 1][1].lstrip("^*"))
        return 1

    def _number(self, part: str) -> Unit:
        if part != "1":
            raise self._unknown(part)
        return Unit(())

    def _dsi(self, part: str) -> Unit:
        prefix = next((p for p in prefixes() if f"\\{p.name}" == part), None)
        if prefix is None:
            return self._known(part)
        if self._at >= len(self._tokens):
            raise self._unknown(part)
        kind, following = self._tokens[self._at]
        self._at += 1
        if kind != "dsi":
            raise self._unknown(following)
        return self._known(f"\\{prefix.name}{following}")

    def _word(self, part: str) -> Unit:
        found = spellings().get(part)
        if found:
            return _unit(*found)
        for cut in range(len(part) - 1, 0, -1):
            first, second = spellings().get(part[:cut]), part[cut:]
            if first and (first[1].symbol, second) in _JOINED:
                return _unit(*first) * _unit(*spellings()[second])
        raise self._unknown(part)

    def _han(self, part: str) -> Unit:
        total, power, divide = Unit(()), 1, False
        while part:
            if part[0] == "每":
                divide, part = True, part[1:]
            elif part[:2] in ("平方", "立方") and part not in spellings():
                power, part = (2 if part[0] == "平" else 3), part[2:]
            else:
                name = self._longest(part)
                unit = _unit(*spellings()[name]) ** power
                total = total / unit if divide else total * unit
                power, part = 1, part[len(name) :]
        return total

    def _longest(self, part: str) -> str:
        for length in range(len(part), 0, -1):
            if part[:length] in spellings():
                return part[:length]
        raise self._unknown(part)

    def _known(self, part: str) -> Unit:
        found = spellings().get(part)
        if found is None:
            raise self._unknown(part)
        return _unit(*found)

    def _unknown(self, part: str) -> UnknownUnit:
        return UnknownUnit(part=part.strip() or part, text=self._text)


def _per(part: str) -> bool:
    return part in ("per", "\\per")


@cache
def spellings() -> dict[str, tuple[Prefix | None, Row]]:
    """Every spelling of every unit with every prefix it takes; symbols win over prefixed units."""
    found: dict[str, tuple[Prefix | None, Row]] = {}
    for row in rows():
        for prefix in prefixes():
            if prefix.symbol in row.prefixes:
                for text in _prefixed(prefix, row):
                    found.setdefault(text, (prefix, row))
    for row in rows():
        for text in _names(row):
            found[text] = (None, row)
    for row in rows():
        found[row.symbol.translate(_FOLD)] = (None, row)
    return found


def _names(row: Row) -> Iterator[str]:
    plurals = (f"{name}s" for name in (row.en, *row.aliases) if name.isascii() and len(name) >= 4)
    for text in (row.ucum, row.dsi, row.en, row.zh, *row.aliases, *plurals):
        if text:
            yield text.translate(_FOLD) if not text.startswith("\\") else text


def _prefixed(prefix: Prefix, row: Row) -> Iterator[str]:
    symbols = {row.symbol, row.ucum, *(a for a in row.aliases if a.isascii() and len(a) < 5)} - {""}
    for symbol in symbols:
        yield prefix.symbol + symbol
        yield prefix.ucum + symbol
    for name in (row.en, *(a for a in row.aliases if a.isascii() and len(a) >= 5)):
        yield prefix.name + name
        yield f"{prefix.name}{name}s"
    for name in (row.zh, *(a for a in row.aliases if not a.isascii())):
        yield prefix.zh + name
    if row.dsi:
        yield f"\\{prefix.name}{row.dsi}"
