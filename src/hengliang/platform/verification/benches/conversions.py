"""What benches write otherwise than the record wants it: other units, signs, decimal commas, days in other orders."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hengliang.platform.registry.imports.cells import UNCLEAR

COUNTS = "counts"
# What one unit of the file is in the unit of the record, by the latter.
FACTORS: dict[str, dict[str, Decimal]] = {
    "%": {"%": Decimal(1), "‰": Decimal("0.1"), "ppm": Decimal("0.0001"), "1": Decimal(100)},
    "L": {"L": Decimal(1), "mL": Decimal("0.001"), "m³": Decimal(1000)},
    "m³/h": {"m³/h": Decimal(1), "L/h": Decimal("0.001"), "L/min": Decimal("0.06")},
    "s/d": {"s/d": Decimal(1), "s/h": Decimal(24), "ppm": Decimal("0.0864")},
}
DATE_FORMS = ("ymd", "dmy", "mdy")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_COMMA, _POINT = re.compile(r"(?<=\d),(?=\d)"), re.compile(r"[+-]?\d*\.\d+")
_PARTS = re.compile(r"(\d{1,4})\s*[-/.年月\s]\s*(\d{1,2})\s*[-/.年月\s]\s*(\d{1,4})日?(?:[ T]\d{1,2}:.*)?")
_RUN = re.compile(r"(\d{8}|\d{6})(?:\d{6}|[ T]\d{1,2}:.*)?")
_FINEST = Decimal("0.000001")


def units_for(unit: str) -> tuple[str, ...]:
    """The units in which a bench may write a reading that the record wants in `unit`; pulses only for an error."""
    return (*FACTORS.get(unit, ()), *((COUNTS,) if unit == "%" else ()))


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a number of the file becomes the record's: `unit` as written, `wanted` by the record.

    preset : for `counts`: the pulses of the reference for a meter without error, N0; N counted mean (N0 - N) / N
    reversed : the bench writes true less indicated; the record wants indicated less true
    """

    unit: str
    wanted: str
    preset: Decimal | None = None
    reversed: bool = False

    def of(self, text: str) -> str:
        """The number in the unit and sign of the record; what is no number stays for the judge to refuse.

        >>> Conversion("‰", "%").of("-3.2"), Conversion("counts", "%", Decimal(5000)).of("4990")
        ('-0.32', '0.200401')
        """
        if not _NUMBER.fullmatch(text):
            return text
        number = Decimal(text)
        if self.unit == COUNTS:
            if not number or self.preset is None:
                return UNCLEAR + text
            number = ((self.preset - number) / number * 100).quantize(_FINEST)
        elif self.unit != self.wanted:
            number *= FACTORS[self.wanted][self.unit]
        elif not self.reversed:
            return text  # as written, with its zeros at the end
        number = -number if self.reversed else number
        return f"{number if number else abs(number):f}"


def with_point(text: str) -> str:
    """A number with a decimal comma, with a point; one that has a point already is unclear: of what thousand is it?

    >>> with_point("-0,32"), with_point("0,5S"), with_point("1.234")
    ('-0.32', '0.5S', '?1.234')
    """
    if _POINT.fullmatch(text):
        return UNCLEAR + text
    return _COMMA.sub(".", text, count=1)


def day_in(text: str, form: str) -> str:
    """A day written in a form, as 2026-03-05, with or without the time behind it; a year of four digits speaks first.

    >>> day_in("05.03.2026 14:20", "dmy"), day_in("03/05/26", "mdy"), day_in("260305", "ymd")
    ('2026-03-05', '2026-03-05', '2026-03-05')
    """
    if found := _PARTS.fullmatch(text):
        parts = found.groups()
    elif found := _RUN.fullmatch(text):
        parts = _cut(found.group(1), form)
    else:
        return UNCLEAR + text if text else ""
    order = "ymd" if len(parts[0]) == 4 else form
    told = dict(zip(order, parts, strict=True))
    year = int(told["y"]) + (2000 if len(told["y"]) == 2 else 0)
    try:
        return date(year, int(told["m"]), int(told["d"])).isoformat()
    except ValueError:
        return UNCLEAR + text


def _cut(digits: str, form: str) -> tuple[str, ...]:
    """Digits without anything between them, by the widths of the form."""
    year = len(digits) - 4
    cut, at = [], 0
    for part in form:
        width = year if part == "y" else 2
        cut.append(digits[at : at + width])
        at += width
    return tuple(cut)
