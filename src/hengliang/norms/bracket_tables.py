"""Bracket tables: what a rule gives for a quantity, by the bracket that it lies in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hengliang.norms.errors import UnknownEntry, WrongKind
from hengliang.norms.model import Value

Bracket = Mapping[str, Any]


def bracket_at(value: Value, quantity: Decimal | int) -> Bracket:
    """The bracket in which `quantity` (in the unit `over_unit` of the rule) lies.

    `closed` of the rule says which end belongs to a bracket; the outermost ends always do.

    Raises
    ------
    UnknownEntry : the quantity lies outside all brackets
    WrongKind : the rule is no bracket table
    """
    if value.kind != "bracket_table":
        raise WrongKind(norm=value.norm, kind=value.kind, wanted="bracket_table")
    brackets: list[Bracket] = value.content["brackets"]
    upper = value.content.get("closed", "upper") == "upper"
    last = len(brackets) - 1
    for index, bracket in enumerate(brackets):
        start, end = bracket.get("from"), bracket.get("to")
        after = start is None or quantity > start or (quantity == start and (not upper or index == 0))
        before = end is None or quantity < end or (quantity == end and (upper or index == last))
        if after and before:
            return bracket
    raise UnknownEntry(norm=value.norm, asked=str(quantity))
