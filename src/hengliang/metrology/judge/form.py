"""What an entry form must ask, generated from a procedure: the grid, titles, units, ranges."""

from typing import Any

from hengliang.metrology.judge.formulas import FORMULAS
from hengliang.metrology.judge.model import Amount, Cell, Conditions, Item, Point, Procedure


def form_of(procedure: Procedure, regime: str) -> dict[str, Any]:
    """The form for `regime` as JSON values: attributes first, then the items with their grids.

    `when` tells under which attributes an item or point is asked; `judge` and `preview` read what is entered.
    """
    return {
        "procedure": procedure.id,
        "edition": procedure.edition,
        "document": procedure.document,
        "draft": procedure.draft,
        "title": dict(procedure.title),
        "regime": regime,
        "regimes": list(procedure.regimes),
        "part": dict(procedure.part) if procedure.part else None,
        "class_by": procedure.class_by,
        "downgrade": list(procedure.downgrade),
        "attributes": [_cell(cell) for cell in procedure.attributes],
        "items": [_item(item) for item in procedure.items if regime in item.regimes],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": dict(item.title),
        "formula": item.formula,
        "formula_text": FORMULAS[item.formula].text,
        "unit": item.unit,
        "readings": item.readings,
        "per_part": item.per_part,
        "optional": item.optional,
        "clause": item.clause,
        "when": _conditions(item.when),
        "cells": [_cell(cell) for cell in item.cells],
        "run_cells": [_cell(cell) for cell in item.run_cells],
        "runs": item.runs if item.run_cells else 0,
        "points": [_point(point) for point in item.points],
        "at_least": 0 if item.points else item.at_least,
        "include": [
            {"cell": wanted.cell, "at": _amount(wanted.at), "unless_above": _amount(wanted.unless_above)}
            for wanted in item.include
        ],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "id": point.id,
        "title": dict(point.title),
        "when": _conditions(point.when),
        "values": {name: _amount(terms) for name, terms in point.values.items()},
        "texts": dict(point.texts),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "id": cell.id,
        "title": dict(cell.title),
        "kind": cell.kind,
        "unit": cell.unit,
        "choices": list(cell.choices),
        "words": {choice: dict(title) for choice, title in cell.words.items()},
        "low": _amount(cell.low),
        "high": _amount(cell.high),
        "default": cell.default,
        "required": not cell.optional and cell.default is None,
    }


def _conditions(conditions: Conditions) -> dict[str, list[str]]:
    return {name: sorted(allowed) for name, allowed in conditions.items()}


def _amount(terms: Amount | None) -> Any:
    """A number as text, or the terms that make it up."""
    if terms is None:
        return None
    if len(terms) == 1 and not terms[0].of and not terms[0].over:
        return f"{terms[0].times:f}"
    return [{"times": f"{t.times:f}", "of": list(t.of), "over": list(t.over)} for t in terms]
