"""Whether a procedure hangs together: every name that it uses is one that it has."""

from collections.abc import Iterator, Mapping

from hengliang.metrology.judge import Amount, Cell, Item, LimitTable, Procedure
from hengliang.metrology.judge.formulas import COMBINATIONS, FORMULAS
from hengliang.norms.errors import NormProblem
from hengliang.norms.model import Value
from hengliang.norms.procedures import REGIMES, procedure_of

Names = Mapping[str, tuple[str, ...] | None]
"""What a record can hold: quantities (None) and words with their choices."""


def check_procedure(value: Value) -> list[NormProblem]:
    """Every name in the procedure that stands for nothing: quantities, tables, readings, words, regimes."""
    file, line = value.place.rsplit(":", 1)
    content = value.content
    if not content.get("items") or not content.get("attributes") or not content.get("instruments"):
        message = f"{value.norm} lacks instruments, attributes or items"
        return [NormProblem(file, int(line), "incomplete", message, "Add them, or amend an edition that has them")]
    try:
        faults = list(_faults(procedure_of(value)))
    except (KeyError, TypeError) as error:
        faults = [f"it can't be read: {error}"]
    remedy = "Use a name of this procedure, or add what is missing"
    return [NormProblem(file, int(line), "unknown_name", f"{value.norm}: {fault}", remedy) for fault in faults]


def _faults(procedure: Procedure) -> Iterator[str]:
    attributes = _names(procedure.attributes) | {"regime": procedure.regimes}
    yield from (
        f"regime {regime} is none of {', '.join(REGIMES)}" for regime in procedure.regimes if regime not in REGIMES
    )
    if procedure.class_by is not None and procedure.class_by not in attributes:
        yield f"class_by names {procedure.class_by}"
    items = {item.id: item for item in procedure.items}
    for cell in procedure.attributes:
        yield from _amounts(f"attribute {cell.id}", [cell.low, cell.high], attributes)
    for item in procedure.items:
        for fault in _item(procedure, item, items, attributes):
            yield f"item {item.id}: {fault}"


def _item(procedure: Procedure, item: Item, items: Mapping[str, Item], attributes: Names) -> Iterator[str]:
    names = _item_names(item, attributes)
    for cell in (*item.cells, *item.run_cells):
        yield from _amounts(f"cell {cell.id}", [cell.low, cell.high], names)
    if item.readings is not None and item.readings not in items:
        yield f"readings names the item {item.readings}"
    if not item.regimes <= set(procedure.regimes):
        yield f"regimes names {', '.join(sorted(item.regimes - set(procedure.regimes)))}"
    formula = FORMULAS[item.formula]
    yield from (
        f"arguments names {name}, which {item.formula} has not"
        for name in item.arguments
        if name not in formula.arguments
    )
    used = [item.arguments.get(name, name) for name in formula.arguments if name not in formula.defaults]
    yield from (f"the formula {item.formula} needs {name}" for name in used if name not in names)
    if COMBINATIONS[item.combine] is not None and not item.run_cells:
        yield f"{item.combine} combines runs, and there are no run_cells"
    yield from _conditions(item.when, attributes)
    for point in item.points:
        yield from _conditions(point.when, attributes)
        for name, amount in point.values.items():
            yield from _amounts(f"point {point.id} {name}", [amount], attributes)
    if item.rounding is not None:
        yield from _rounding(item, names)
    if item.limit is not None:
        table = procedure.tables.get(item.limit.table)
        yield from [f"limit names the table {item.limit.table}"] if table is None else _table(table, names)


def _rounding(item: Item, names: Names) -> Iterator[str]:
    rounding = item.rounding
    if rounding is None or rounding.by is None:
        return
    choices = names.get(rounding.by)
    if choices is None:
        yield f"rounding goes by {rounding.by}, which has no choices"
    elif set(choices) != set(rounding.steps):
        yield f"rounding has steps for {', '.join(rounding.steps)}, {rounding.by} has {', '.join(choices)}"


def _table(table: LimitTable, names: Names) -> Iterator[str]:
    if table.per is not None and table.per not in names:
        yield f"table {table.id} multiplies by {table.per}"
    yield from _amounts(f"table {table.id}", [table.over], names)
    for row in table.rows:
        yield from (f"table {table.id}: {fault}" for fault in _conditions(row.when, names))
        for bracket in row.brackets:
            yield from _amounts(f"table {table.id}", [bracket.start, bracket.end, bracket.low, bracket.high], names)
            if bracket.low is None and bracket.high is None:
                yield f"table {table.id} has a bracket without a limit"
        if table.over is None and len(row.brackets) != 1:
            yield f"table {table.id} has brackets and no variable (over)"


def _conditions(when: Mapping[str, frozenset[str]], names: Names) -> Iterator[str]:
    for name, allowed in when.items():
        choices = names.get(name)
        if choices is None:
            yield f"a condition asks for {name}, which has no choices"
        elif not allowed <= set(choices):
            yield f"a condition asks that {name} be {', '.join(sorted(allowed - set(choices)))}"


def _amounts(where: str, amounts: list[Amount | None], names: Names) -> Iterator[str]:
    used = {name for amount in amounts for term in amount or () for name in (*term.of, *term.over)}
    yield from (f"{where} uses the quantity {name}" for name in sorted(used) if names.get(name, ()) is not None)


def _item_names(item: Item, attributes: Names) -> Names:
    names: dict[str, tuple[str, ...] | None] = dict(attributes)
    names.update(_names((*item.cells, *item.run_cells)))
    for point in item.points:
        names.update(dict.fromkeys(point.values, None))
        for name, text in point.texts.items():
            names[name] = (*(names.get(name) or ()), text)
    return names


def _names(cells: tuple[Cell, ...]) -> dict[str, tuple[str, ...] | None]:
    return {cell.id: None if cell.kind == "number" else cell.choices for cell in cells}


def check_procedures(values: list[Value]) -> list[NormProblem]:
    """The faults of all procedures, editions that are repealed left out."""
    return [problem for value in values if not value.repealed for problem in check_procedure(value)]
