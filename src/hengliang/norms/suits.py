"""Which particulars go with which item of the catalogue: a meter filed as a large one can't have a small flow."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from hengliang.metrology.judge import CellProblem
from hengliang.norms.model import Value

ONE_OF = "{name} {text} does not go with the item {item}, which takes {known}; correct it, or file it under its item"
WITHIN = "{name} {text} does not go with the item {item}: {known}; correct it, or file it under its item"


def misfits(value: Value, codes: Sequence[str], given: Mapping[str, Any]) -> list[CellProblem]:
    """What contradicts the item that an instrument is filed under.

    Parameters
    ----------
    value : a dated value of kind procedure
    codes : the item of the catalogue, then those above it
    given : particulars of the instrument, by name; a cell may carry its unit (`{"value", "unit"}`)

    What is absent, is no number or none of the choices contradicts nothing: the judge tells that by itself.
    """
    return [problem for suit in value.content.get("suits", ()) for problem in _told(value, suit, codes, given)]


def _told(
    value: Value, suit: Mapping[str, Any], codes: Sequence[str], given: Mapping[str, Any]
) -> Iterator[CellProblem]:
    item = next((code for code in codes if code in suit["instruments"]), None)
    text = _text(given.get(suit["attribute"]))
    if item is None or not text:
        return
    cell = next(one for one in value.content["attributes"] if one["id"] == suit["attribute"])
    params = {"name": cell["title"]["en"], "text": text, "item": item, "known": known_of(suit)}
    if "choices" in suit:
        possible = [str(choice) for choice in cell["choices"]]
        if text in possible and text not in map(str, suit["choices"]):
            yield CellProblem(f"instrument.{suit['attribute']}", "not_of_item", params, ONE_OF)
    elif (number := _number(text)) is not None and not _within(number, suit):
        yield CellProblem(f"instrument.{suit['attribute']}", "not_of_item", params, WITHIN)


def known_of(suit: Mapping[str, Any]) -> str:
    """What goes with the items of an entry, in signs: its choices, or its bounds."""
    if "choices" in suit:
        return ", ".join(map(str, suit["choices"]))
    signs = (("low", "≥"), ("above", ">"), ("high", "≤"))
    return ", ".join(f"{sign} {suit[key]}" for key, sign in signs if key in suit)


def _within(number: Decimal, suit: Mapping[str, Any]) -> bool:
    return (
        ("low" not in suit or number >= suit["low"])
        and ("above" not in suit or number > suit["above"])
        and ("high" not in suit or number <= suit["high"])
    )


def _text(cell: Any) -> str:
    return str(cell.get("value", "") if isinstance(cell, Mapping) else "" if cell is None else cell).strip()


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
