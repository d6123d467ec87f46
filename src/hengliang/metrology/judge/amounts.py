"""Amounts in an environment of quantities: sums of terms, made into functions once per procedure."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any

from hengliang.metrology.judge.model import Amount, Conditions

Quantities = Mapping[str, Any]
Evaluator = Callable[[Quantities], Decimal]
ONE = Decimal(1)


def amount(terms: Amount, quantities: Quantities) -> Decimal:
    """The value of a sum of terms.

    Raises
    ------
    KeyError : a quantity that the environment does not hold
    ArithmeticError : a term divided by a quantity that is zero
    """
    total = Decimal(0)
    for term in terms:
        value = term.times
        for name in term.of:
            value = value * quantities[name]
        for name in term.over:
            value = value / quantities[name]
        total += value
    return total


def constant(terms: Amount | None) -> Decimal | None:
    """The number that a sum without quantities is; None if it has quantities or is not there."""
    if terms is None or any(term.of or term.over for term in terms):
        return None
    return sum((term.times for term in terms[1:]), terms[0].times)


def evaluator(terms: Amount) -> Evaluator:
    """The amount as a function of the quantities; constants and plain names take the short way."""
    fixed = constant(terms)
    if fixed is not None:
        return lambda _: fixed
    if len(terms) == 1:
        term = terms[0]
        if term.times == ONE and len(term.of) == 1 and not term.over:
            return itemgetter(term.of[0])
        if term.times == ONE and len(term.of) == 1 and len(term.over) == 1:
            pair = itemgetter(term.of[0], term.over[0])
            return lambda quantities: _ratio(*pair(quantities))
    return lambda quantities: amount(terms, quantities)


def _ratio(above: Decimal, below: Decimal) -> Decimal:
    return above / below


def meets(conditions: Conditions, quantities: Quantities) -> bool:
    """Whether every condition holds: the named text is one of the allowed ones."""
    return all(quantities.get(name) in allowed for name, allowed in conditions.items())
