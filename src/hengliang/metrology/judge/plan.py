"""A procedure made ready for one regime: what does not depend on the record is worked out once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from hengliang.metrology.judge.amounts import Evaluator, Quantities, constant, evaluator
from hengliang.metrology.judge.cells import CellReader, cell_readers
from hengliang.metrology.judge.formulas import COMBINATIONS, FORMULAS
from hengliang.metrology.judge.limits import Finder, finder
from hengliang.metrology.judge.model import Item, Point, Procedure
from hengliang.metrology.judge.record import ItemResult, PointResult

Stepper = Callable[[Quantities], Decimal]


@dataclass(frozen=True, slots=True)
class PointPlan:
    """A point with what it gives: texts and numbers at once, values that depend on the instrument as functions."""

    point: Point
    given: Mapping[str, Any]
    values: tuple[tuple[str, Evaluator], ...]


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """An item with its cells, formula, limit and rounding as functions.

    `shares` tells that it judges the rows of `source` just as that item reads them, `single` that it is
    nothing but one question with yes or no; `answers` are then its two results.
    """

    procedure: str
    item: Item
    source: str
    shares: bool
    single: bool
    answers: Mapping[str, ItemResult]
    always: bool
    cells: tuple[CellReader, ...]
    run_cells: tuple[CellReader, ...]
    points: dict[str, PointPlan]
    value: Callable[[Quantities], Any]
    combine: Callable[[Sequence[Decimal]], Decimal] | None
    limits: Finder | None
    step: Stepper | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A procedure for one regime."""

    attributes: tuple[CellReader, ...]
    items: tuple[ItemPlan, ...]
    sources: frozenset[str]


@lru_cache(maxsize=512)
def plan_of(procedure: Procedure, regime: str) -> Plan:
    """The plan of a procedure for a regime; made once for each."""
    return Plan(
        attributes=cell_readers(procedure.attributes),
        items=tuple(_item(procedure, item, regime) for item in procedure.items),
        sources=frozenset(item.id for item in procedure.items if item.readings is None),
    )


def _item(procedure: Procedure, item: Item, regime: str) -> ItemPlan:
    limit = item.limit
    return ItemPlan(
        procedure=procedure.id,
        item=item,
        source=item.readings or item.id,
        shares=_shares(procedure, item),
        single=_single_question(item),
        answers=_answers(item),
        always=regime in item.regimes and not item.when and not item.optional,
        cells=cell_readers(item.cells),
        run_cells=cell_readers(item.run_cells),
        points={point.id: _point(point) for point in item.points},
        value=_formula(item),
        combine=COMBINATIONS[item.combine],
        limits=None if limit is None else finder(limit, procedure.tables[limit.table], regime),
        step=_step(item),
    )


def _shares(procedure: Procedure, item: Item) -> bool:
    origin = next((other for other in procedure.items if other.id == item.readings), None)
    return origin is not None and _grid(origin) == _grid(item)


def _single_question(item: Item) -> bool:
    cells = [cell.id for cell in item.cells]
    plain = not (item.points or item.per_part or item.include or item.run_cells or item.failures_allowed)
    return item.formula == "check" and plain and cells == ["value"] and item.at_least == 1


def _answers(item: Item) -> Mapping[str, ItemResult]:
    """The result of a yes and of a no, made once: whoever reads a judgement changes nothing in it."""
    cell = f"items.{item.readings or item.id}[0]"
    yes = PointResult(cell, None, None, True, True, None, None, "pass")
    no = PointResult(cell, None, None, False, False, None, None, "fail")
    return {"yes": ItemResult(item.id, "pass", (yes,), item.unit), "no": ItemResult(item.id, "fail", (no,), item.unit)}


def _grid(item: Item) -> tuple[Any, ...]:
    read = (item.cells, item.run_cells, item.runs, item.points)
    return (*read, item.at_least, item.include, item.per_part)


def _point(point: Point) -> PointPlan:
    fixed = {name: constant(terms) for name, terms in point.values.items()}
    given = {**point.texts, **{name: number for name, number in fixed.items() if number is not None}}
    values = tuple((name, evaluator(terms)) for name, terms in point.values.items() if fixed[name] is None)
    return PointPlan(point, given, values)


def _formula(item: Item) -> Callable[[Quantities], Any]:
    formula = FORMULAS[item.formula]
    known = {cell.id for cell in (*item.cells, *item.run_cells)}
    left_out = [name for name in formula.defaults if item.arguments.get(name, name) not in known]
    names = [item.arguments.get(name, name) for name in formula.arguments if name not in left_out]
    function = formula.function
    extra = {name: formula.defaults[name] for name in left_out}
    if len(names) == 1:
        return itemgetter(names[0]) if item.formula in ("check", "reading") else _single(function, names[0])
    pick = itemgetter(*names)
    if extra:
        return lambda quantities: function(*pick(quantities), **extra)
    return lambda quantities: function(*pick(quantities))


def _single(function: Callable[..., Any], name: str) -> Callable[[Quantities], Any]:
    return lambda quantities: function(quantities[name])


def _step(item: Item) -> Stepper | None:
    rounding = item.rounding
    if rounding is None:
        return None
    steps = {word: evaluator(terms) for word, terms in rounding.steps.items()}
    by = rounding.by
    if by is None:
        return steps[""]
    return lambda quantities: steps[quantities[by]](quantities)
