"""Numbers that Word draws before paragraphs and does not store in their text: 一、（一）1. ①.

Source: ECMA-376-1:2016, 17.9 (numbering), 17.18.59 (ST_NumberFormat).
"""

import re
from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_DIGITS = "零一二三四五六七八九"
_MOST_STYLES = 12  # styles that stand on each other; more is a loop


def _chinese(number: int) -> str:
    """1 to 99 as in 二十一; more as digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
}


class WordNumbers:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is not None and hasattr(part, "element"):
            self._read(part.element)

    def before(self, paragraph: Paragraph) -> str:
        """What is drawn before the next paragraph; "" for none, for bullets and for forms that nobody counts on."""
        place = _place(paragraph)
        if place is None or place[0] not in self._lists:
            return ""
        name, level = self._lists[place[0]], place[1]
        counts = self._counts.setdefault(name, [0] * 9)
        levels = self._levels.get(name, {})
        if level not in levels:
            return ""
        counts[level] = (counts[level] or levels[level][2] - 1) + 1
        counts[level + 1 :] = [0] * (8 - level)
        return self._drawn(levels, counts, level)

    def _read(self, element: Any) -> None:
        for abstract in element.findall(qn("w:abstractNum")):
            levels = {}
            for level in abstract.findall(qn("w:lvl"))[:9]:
                start = _value(level, "w:start")
                levels[_number(level.get(qn("w:ilvl")))] = (
                    _value(level, "w:numFmt"),
                    _value(level, "w:lvlText"),
                    _number(start) if start else 1,
                )
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for one in element.findall(qn("w:num")):
            self._lists[one.get(qn("w:numId"), "")] = _value(one, "w:abstractNumId")

    def _drawn(self, levels: dict[int, tuple[str, str, int]], counts: list[int], level: int) -> str:
        if levels[level][0] not in _FORMATS:
            return ""

        def part(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            form, _, start = levels.get(index, ("decimal", "", 1))
            return _FORMATS.get(form, str)(counts[index] or start)

        return re.sub(r"%([1-9])", part, levels[level][1])


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """List and level of a paragraph, its own or that of its style."""
    properties = paragraph._p.pPr
    style = paragraph.style
    for _ in range(_MOST_STYLES):
        numbered = None if properties is None else properties.find(qn("w:numPr"))
        if numbered is not None:
            name = _value(numbered, "w:numId")
            return (name, min(8, _number(_value(numbered, "w:ilvl")))) if name not in ("", "0") else None
        if style is None:
            return None
        properties, style = style.element.find(qn("w:pPr")), style.base_style
    return None


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
