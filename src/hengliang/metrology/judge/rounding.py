"""Rounding by GB/T 8170: to a step, a half goes to the even multiple."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

# Wide enough that no reading of an instrument loses a digit before it is rounded.
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
ONE = Decimal(1)


def round_to_step(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of `step` nearest to `value`; of two equally near the even one.

    Parameters
    ----------
    value : the number to round
    step : the rounding interval (1, 0.1, 0.2, 0.05 …), same unit, above zero

    Source: GB/T 8170-2008, 3.2 (interval 10^n) and 3.3 (intervals of 0.5 and 0.2 units, by division).

    >>> round_to_step(Decimal("2.25"), Decimal("0.1"))
    Decimal('2.2')
    >>> round_to_step(Decimal("-0.15"), Decimal("0.1"))
    Decimal('-0.2')
    """
    whole = EXACT.divide(value, step).quantize(ONE, ROUND_HALF_EVEN)
    return (whole or abs(whole)) * step  # zero has no sign
