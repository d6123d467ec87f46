"""Whether a procedure hangs together: every name that it uses is one that it has."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

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
        procedure = procedure_of(value)
        found = [*_faults(procedure), *_suits(procedure, content.get("suits", ()))]
        faults = list({(fault.where, fault.code, fault.name): fault for fault in reversed(found)}.values())[::-1]
    except (KeyError, TypeError) as error:
        faults = [Fault("", "unreadable", f"it can't be read: {error}")]
    return [_problem(value, fault) for fault in faults]


class Fault(NamedTuple):
    """A name that stands for nothing: where, what kind of slip, in words, the name, and what may stand there."""

    where: str
    code: str
    message: str
    name: str = ""
    known: str = ""


def _problem(value: Value, fault: Fault) -> NormProblem:
    file, line = value.place.rsplit(":", 1)
    remedy = "Use a name of this procedure, or add what is missing"
    if fault.code == "no_quantity":
        remedy = f"Write a number, or a quantity of this procedure: {fault.known}"
    elif fault.code == "no_bounds":
        remedy = "Give its choices, or low, above or high where it is a number"
    elif fault.known:
        remedy = f"Use one of {fault.known}, or add what is missing"
    message = f"{fault.where}: {fault.message}" if fault.where else f"{value.norm}: {fault.message}"
    params = {"name": fault.name, "known": fault.known, "place": fault.where}
    where = tuple(fault.where.split(" ", 1)) if fault.where else ()
    return NormProblem(file, int(line), fault.code, message, remedy, params, where)


def _faults(procedure: Procedure) -> Iterator[Fault]:
    attributes = _names(procedure.attributes) | {"regime": procedure.regimes}
    for regime in procedure.regimes:
        if regime not in REGIMES:
            yield Fault("regimes", "no_regime", f"regime {regime} is none", regime, ", ".join(REGIMES))
    if procedure.class_by is not None and procedure.class_by not in attributes:
        yield _unknown("class_by", procedure.class_by, attributes)
    items = {item.id: item for item in procedure.items}
    for cell in procedure.attributes:
        yield from _amounts(f"attributes {cell.id}", [cell.low, cell.high], attributes)
    for item in procedure.items:
        yield from _item(procedure, item, items, attributes)


def _suits(procedure: Procedure, suits: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    """Items and particulars that an entry of `suits` names, and the procedure has not."""
    attributes = _names(procedure.attributes)
    for suit in suits:
        for code in suit["instruments"]:
            if code not in procedure.instruments:
                yield _unknown("suits", code, procedure.instruments)
        name = suit["attribute"]
        if name not in attributes:
            yield _unknown("suits", name, attributes)
        elif "choices" in suit:
            asked = {name: frozenset(map(str, suit["choices"]))}
            yield from _conditions("suits", asked, attributes)
        elif attributes[name] is not None or not {"low", "above", "high"} & suit.keys():
            yield Fault("suits", "no_bounds", f"{name} has neither choices nor bounds here", name)


def _unknown(where: str, name: str, known: Iterable[str]) -> Fault:
    return Fault(where, "unknown_name", f"{name} is no name of this procedure", name, ", ".join(known))


def _item(procedure: Procedure, item: Item, items: Mapping[str, Item], attributes: Names) -> Iterator[Fault]:
    where, names = f"items {item.id}", _item_names(item, attributes)
    for cell in (*item.cells, *item.run_cells):
        yield from _amounts(where, [cell.low, cell.high], names)
    if item.readings is not None and item.readings not in items:
        yield _unknown(where, item.readings, items)
    for regime in sorted(item.regimes - set(procedure.regimes)):
        yield Fault(where, "no_regime", f"regime {regime} is none", regime, ", ".join(procedure.regimes))
    formula = FORMULAS[item.formula]
    for name in item.arguments:
        if name not in formula.arguments:
            told = f"the formula {item.formula} has no argument {name}"
            yield Fault(where, "no_argument", told, name, ", ".join(formula.arguments))
    used = [item.arguments.get(name, name) for name in formula.arguments if name not in formula.defaults]
    for name in used:
        if name not in names:
            told = f"the formula {item.formula} needs {name}, which no cell gives"
            yield Fault(where, "formula_needs", told, name, ", ".join(names))
    if COMBINATIONS[item.combine] is not None and not item.run_cells:
        yield Fault(where, "no_runs", f"{item.combine} combines runs, and there are no run_cells", item.combine)
    yield from _conditions(where, item.when, attributes)
    for point in item.points:
        yield from _conditions(where, point.when, attributes)
        for amount in point.values.values():
            yield from _amounts(where, [amount], attributes)
    if item.rounding is not None:
        yield from _rounding(where, item, names)
    if item.limit is not None:
        table = procedure.tables.get(item.limit.table)
        yield from [_unknown(where, item.limit.table, procedure.tables)] if table is None else _table(table, names)


def _rounding(where: str, item: Item, names: Names) -> Iterator[Fault]:
    rounding = item.rounding
    if rounding is None or rounding.by is None:
        return
    choices = names.get(rounding.by)
    if choices is None:
        yield Fault(where, "no_choices", f"rounding goes by {rounding.by}, which has no choices", rounding.by)
    elif set(choices) != set(rounding.steps):
        told = f"rounding has steps for {', '.join(rounding.steps)}, {rounding.by} has {', '.join(choices)}"
        yield Fault(where, "steps_differ", told, ", ".join(rounding.steps), ", ".join(choices))


def _table(table: LimitTable, names: Names) -> Iterator[Fault]:
    where = f"tables {table.id}"
    if table.per is not None and table.per not in names:
        yield _unknown(where, table.per, names)
    yield from _amounts(where, [table.over], names)
    for row in table.rows:
        yield from _conditions(where, row.when, names)
        for bracket in row.brackets:
            yield from _amounts(where, [bracket.start, bracket.end, bracket.low, bracket.high], names)
            if bracket.low is None and bracket.high is None:
                yield Fault(where, "no_limit", "a bracket has no limit")
        if table.over is None and len(row.brackets) != 1:
            yield Fault(where, "no_variable", "there are brackets and no variable (over)")


def _conditions(where: str, when: Mapping[str, frozenset[str]], names: Names) -> Iterator[Fault]:
    for name, allowed in when.items():
        choices = names.get(name)
        if choices is None:
            yield Fault(where, "no_choices", f"a condition asks for {name}, which has no choices", name)
        for word in sorted(allowed - set(choices)) if choices else ():
            told = f"a condition asks that {name} be {word}"
            yield Fault(where, "not_a_choice", told, word, ", ".join(choices or ()))


def _amounts(where: str, amounts: list[Amount | None], names: Names) -> Iterator[Fault]:
    used = {name for amount in amounts for term in amount or () for name in (*term.of, *term.over)}
    quantities = ", ".join(name for name, choices in names.items() if choices is None)
    for name in sorted(used):
        if names.get(name, ()) is not None:
            yield Fault(where, "no_quantity", f"{name} is neither a number nor a quantity", name, quantities)


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
