"""Amounts in an environment of quantities: sums of terms, looked up by name."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.model import Amount, Conditions, Term

Quantities = Mapping[str, Any]


def amount(terms: Amount, quantities: Quantities) -> Decimal:
    """The value of a sum of terms.

    Raises
    ------
    KeyError : a quantity that the environment does not hold
    ZeroDivisionError : a term divided by a quantity that is zero
    """
    total = None
    for term in terms:
        value = term.times
        for name in term.of:
            value = value * quantities[name]
        for name in term.over:
            value = value / quantities[name]
        total = value if total is None else total + value
    return Decimal(0) if total is None else total


def constant(number: Decimal) -> Amount:
    """A plain number as an amount."""
    return (Term(number),)


def meets(conditions: Conditions, quantities: Quantities) -> bool:
    """Whether every condition holds: the named text is one of the allowed ones."""
    return all(quantities.get(name) in allowed for name, allowed in conditions.items())
