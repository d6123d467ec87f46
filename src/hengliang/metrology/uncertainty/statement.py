"""How a result is stated, rounded by the rules, in the forms that the norms allow.

Source: JJF 1059.1-2012, 5.3.4 to 5.3.8; JCGM 100:2008, 7.2.2 and 7.2.4.
"""

import math
from decimal import Decimal
from typing import Literal

from hengliang.metrology.uncertainty.first_order import Expanded
from hengliang.metrology.uncertainty.rounding import Rule, round_uncertainty, round_value

Form = Literal["separate", "plus_minus", "brackets", "relative"]


def state(
    expanded: Expanded,
    *,
    symbol: str = "y",
    unit: str = "",
    form: Form = "separate",
    digits: int | None = None,
    rule: Rule = "even",
) -> str:
    """A result with its expanded uncertainty as one line.

    form : "separate" `y = 100.02147 g, U = 0.00070 g; k = 2`; "plus_minus" `y = (… ± …) g; k = 2`;
        "brackets" `y = 100.02147(70) g; k = 2`; "relative" `y = 100.02147 g, U_rel = 7.0 × 10⁻⁶; k = 2`
    digits : 1 or 2 significant digits of U, 2 by default

    >>> state(Expanded(50000838.2, 92.6, 2.92, 0.99, 16.7), symbol="l", unit="nm", form="plus_minus")
    'l = (50000838 ± 93) nm; k = 2.92, p = 0.99, ν = 16'
    """
    u = round_uncertainty(expanded.U, digits, rule)
    value = f"{round_value(expanded.value, u):f}"
    space = f" {unit}" if unit else ""
    factor = coverage_words(expanded)
    if form == "plus_minus":
        return f"{symbol} = ({value} ± {u:f}){space}; {factor}"
    if form == "brackets":
        return f"{symbol} = {value}({_in_last_digits(u)}){space}; {factor}"
    if form == "relative":
        relative = round_uncertainty(expanded.U / abs(expanded.value), digits, rule)
        return f"{symbol} = {value}{space}, U_rel = {scientific(relative)}; {factor}"
    return f"{symbol} = {value}{space}, U = {u:f}{space}; {factor}"


def coverage_words(expanded: Expanded) -> str:
    """The coverage factor and what it rests on: `k = 2`, or `k = 2.92, p = 0.99, ν = 16`."""
    k = f"k = {expanded.k:.3g}"
    if expanded.p is None:
        return k
    dof = "" if math.isinf(expanded.dof) else f", ν = {math.floor(expanded.dof)}"
    return f"{k}, p = {expanded.p:g}{dof}"


def scientific(value: Decimal) -> str:
    """A decimal in the form 7.0 × 10⁻⁶; plain where that is shorter."""
    exponent = value.adjusted()
    if -4 < exponent < 4:
        return f"{value:f}"
    power = str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{value.scaleb(-exponent):f} × 10{power}"


def _in_last_digits(u: Decimal) -> str:
    exponent = u.as_tuple().exponent
    # Below the decimal point only the digits stand in brackets; above it the number itself.
    return str(int(u.scaleb(-exponent))) if isinstance(exponent, int) and exponent < 0 else f"{u:f}"
