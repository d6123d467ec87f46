"""The items of a procedure as a person reads them: method, rounding, limit, and what is read at which point."""

from hengliang.metrology.judge import Cell, Item
from hengliang.metrology.judge.formulas import FORMULAS
from hengliang.norms.outline_reader import OutlineSheet, Reader, possible, table_title, unit_words
from hengliang.norms.outline_words import FORMULA_WORDS


def items_sheet(reader: Reader) -> OutlineSheet:
    """The items: for which kinds of verification, how, within which limit."""
    word = reader.word
    head = [word(key) for key in ("item", "regimes", "how", "rounding", "limit", "clause")]
    rows = [
        (
            reader.text(item.title), _regimes(reader, item), _how(reader, item), _rounding(reader, item),
            _limit(reader, item), item.clause,
        )
        for item in reader.procedure.items
    ]  # fmt: skip
    return OutlineSheet(word("items"), head, rows)


def _regimes(reader: Reader, item: Item) -> str:
    whole = item.regimes == frozenset(reader.procedure.regimes)
    return reader.word("all") if whole else reader.values("regime", item.regimes)


def _how(reader: Reader, item: Item) -> str:
    origin = next((one for one in reader.procedure.items if one.id == item.readings), None)
    told = [_formula(reader, item), reader.word(item.combine)]
    told += [reader.word("runs", item.runs)] if item.run_cells and origin is None else []
    told += [reader.word("of_readings", reader.text(origin.title))] if origin else []
    told += [reader.word("per_part")] if item.per_part else []
    told += [f"{reader.word('when')} {reader.conditions(item.when)}"] if item.when else []
    told += [reader.word("failures", item.failures_allowed)] if item.failures_allowed else []
    told += [reader.word("optional")] if item.optional else []
    return ("；" if reader.language == "zh" else "; ").join(part for part in told if part)


def _formula(reader: Reader, item: Item) -> str:
    formula = FORMULAS[item.formula]
    pair = FORMULA_WORDS[item.formula]
    own = {cell.id: reader.text(cell.title) for cell in (*item.cells, *item.run_cells)}
    used = {name: item.arguments.get(name, name) for name in formula.arguments}
    names = {name: own.get(called) or reader.name(called) for name, called in used.items()}
    return pair[0 if reader.language == "zh" else 1].format(**names)


def _rounding(reader: Reader, item: Item) -> str:
    rounding = item.rounding
    if rounding is None:
        return ""
    if rounding.by is None:
        return f"{reader.amount(rounding.steps[''])} {unit_words(item.unit)}".strip()
    named = reader.choices.get(rounding.by, {})
    steps = (f"{named.get(word, word)}: {reader.amount(step)}" for word, step in rounding.steps.items())
    return f"{reader.name(rounding.by)} {reader.listed(steps)} {unit_words(item.unit)}".strip()


def _limit(reader: Reader, item: Item) -> str:
    if item.limit is None:
        return ""
    told = [table_title(reader, reader.procedure.tables[item.limit.table])]
    told += [reader.word("magnitude")] if item.limit.mode == "magnitude" else []
    told += [reader.word("times", f"{item.limit.times:f}")] if item.limit.times != 1 else []
    return reader.listed(told)


def readings_sheet(reader: Reader) -> OutlineSheet:
    """The points of each item, and what is read there."""
    word = reader.word
    rows = [
        row for item in reader.procedure.items if item.readings is None and item.formula != "check"
        for row in _item_readings(reader, item)
    ]  # fmt: skip
    return OutlineSheet(word("readings"), [word(key) for key in ("item", "point", "given", "cells")], rows, keys=2)


def _item_readings(reader: Reader, item: Item) -> list[tuple[str, str, str, str]]:
    title = reader.text(item.title)
    cells = reader.listed(_cell(reader, cell) for cell in (*item.cells, *item.run_cells))
    if not item.points:
        wanted = reader.listed(f"{reader.name(one.cell)} = {reader.amount(one.at)}" for one in item.include)
        told = [
            reader.word("at_least", item.at_least) if item.at_least > 1 else "",
            reader.word("includes", wanted) if wanted else "",
        ]
        return [(title, reader.listed(told), "", cells)]
    return [
        (
            title,
            reader.text(point.title),
            reader.listed(
                [
                    *(f"{reader.name(name)} {reader.amount(amount)}" for name, amount in point.values.items()),
                    *(f"{reader.name(name)} {reader.values(name, [text])}" for name, text in point.texts.items()),
                    f"{reader.word('when')} {reader.conditions(point.when)}" if point.when else "",
                ]
            ),
            cells if not number else "",
        )
        for number, point in enumerate(item.points)
    ]


def _cell(reader: Reader, cell: Cell) -> str:
    told = " ".join(part for part in (unit_words(cell.unit), possible(reader, cell)) if part)
    return f"{reader.text(cell.title)} ({told})" if told else reader.text(cell.title)
