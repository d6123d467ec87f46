"""Rounding of results and uncertainties by the rules of the field, in exact decimals.

Source: GB/T 8170-2008, 3.2 (四舍六入五成双); JJF 1059.1-2012, 5.3.8; JCGM 100:2008, 7.2.6.
"""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal
from typing import Literal

from hengliang.metrology.uncertainty.errors import InputError

Rule = Literal["even", "up"]
_EXACT = Context(prec=60)


def round_to_place(value: float | Decimal | str, place: int, rule: Rule = "even") -> Decimal:
    """`value` rounded to the decimal place 10^`place`.

    rule : "even" rounds a half to the even digit (GB/T 8170); "up" never rounds down, for uncertainties
    The decimal as printed counts: 0.15 is a half, though the binary number is a little more.

    >>> round_to_place(0.25, -1), round_to_place(0.15, -1), round_to_place(1.021, -2, "up")
    (Decimal('0.2'), Decimal('0.2'), Decimal('1.03'))
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise InputError(name="value", reason=f"{value} can't be rounded")
    mode = ROUND_HALF_EVEN if rule == "even" else ROUND_CEILING
    return exact.quantize(Decimal(1).scaleb(place), rounding=mode, context=_EXACT)


def round_significant(value: float | Decimal, digits: int, rule: Rule = "even") -> Decimal:
    """`value` rounded to `digits` significant digits; 0.0996 to two digits is 0.10."""
    exact = Decimal(str(value))
    if exact == 0:
        return Decimal(0)
    rounded = round_to_place(exact, exact.adjusted() - digits + 1, rule)
    # Rounding may carry into a new leading digit, which then counts.
    return round_to_place(rounded, rounded.adjusted() - digits + 1, rule)


def round_uncertainty(u: float, digits: int | None = None, rule: Rule = "even") -> Decimal:
    """An uncertainty with one or two significant digits: by default two, as JJF 1059.1 allows at most.

    Raises InputError for more than two digits, or a negative u.

    >>> round_uncertainty(0.03171), round_uncertainty(0.0835, 1)
    (Decimal('0.032'), Decimal('0.08'))
    """
    if u < 0 or (digits is not None and digits not in (1, 2)):
        raise InputError(name="u", reason="an uncertainty is not negative and is reported to 1 or 2 digits")
    return round_significant(u, digits or 2, rule)


def round_value(value: float, u: Decimal) -> Decimal:
    """The estimate rounded to the last digit of its rounded uncertainty `u`.

    >>> round_value(50000837.9, Decimal("93"))
    Decimal('50000838')
    """
    exponent = u.as_tuple().exponent
    return round_to_place(value, exponent if isinstance(exponent, int) else 0)
