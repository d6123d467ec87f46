"""A procedure as a person reads it: scope, particulars, items in words, and each table of limits at a glance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from hengliang.metrology.judge import Amount, Bracket, Cell, Item, LimitRow, LimitTable, Procedure
from hengliang.metrology.judge.formulas import FORMULAS
from hengliang.norms.model import Value
from hengliang.norms.outline_words import ARGUMENT_WORDS, FORMULA_WORDS, WORDS
from hengliang.norms.procedures import procedure_of

NAME_BY_CODE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class OutlineSheet:
    """A table: title, headings, rows; `keys` of the columns name a row, `note` says what is true of all of it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    keys: int = 1


@dataclass(slots=True)
class Reader:
    """The words of one procedure in one language: what its names, choices and amounts are called."""

    procedure: Procedure
    language: str
    titles: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cells = [*self.procedure.attributes]
        for item in self.procedure.items:
            cells += [*item.cells, *item.run_cells]
        for cell in cells:
            self.titles.setdefault(cell.id, self.text(cell.title))
            self.order.setdefault(cell.id, list(cell.choices))
            named = {choice: self.text(title) for choice, title in cell.words.items()}
            self.choices.setdefault(cell.id, {}).update(named)
        self.choices["regime"] = {regime: self.word(regime) for regime in self.procedure.regimes}
        self.order["regime"] = list(self.procedure.regimes)

    def text(self, title: Mapping[str, str]) -> str:
        """A title in the language."""
        return title.get(self.language) or title.get("en", "")

    def word(self, key: str, *filled: object) -> str:
        """One of the rules' own words."""
        zh, en = WORDS[key]
        return (zh if self.language == "zh" else en).format(*filled)

    def name(self, name: str) -> str:
        """What a quantity is called."""
        if name in self.titles:
            return self.titles[name]
        pair = ARGUMENT_WORDS.get(name) or WORDS.get(name)
        return name if pair is None else pair[0 if self.language == "zh" else 1]

    def listed(self, words: Iterable[str]) -> str:
        """Words one after the other."""
        return ("、" if self.language == "zh" else ", ").join(word for word in words if word)

    def amount(self, amount: Amount | None) -> str:
        """A number, a quantity, or a sum of products in words."""
        if amount is None:
            return ""
        return " + ".join(self._term(term.times, term.of, term.over) for term in amount).replace("+ -", "− ")

    def _term(self, times: object, of: Sequence[str], over: Sequence[str]) -> str:
        factors = [self.name(name) for name in of]
        number = f"{times:f}"
        shown = " × ".join(factors if number == "1" and factors else [number, *factors])
        return " ÷ ".join([shown, *(self.name(name) for name in over)])

    def conditions(self, when: Mapping[str, frozenset[str]]) -> str:
        """Conditions in words: which attribute has which of its values."""
        return self.listed(f"{self.name(name)} {self.values(name, allowed)}" for name, allowed in when.items())

    def values(self, name: str, allowed: Iterable[str]) -> str:
        """Choices of an attribute in words, in their order."""
        ranked = sorted(allowed, key=lambda word: (self.rank(name, [word]), word))
        return self.listed(self.choices.get(name, {}).get(word, word) for word in ranked)

    def rank(self, name: str, allowed: Iterable[str]) -> int:
        """The place of the first of these values in the order in which the rule names them."""
        order = self.order.get(name, [])
        return min((order.index(word) for word in allowed if word in order), default=len(order))


def procedure_outline(value: Value, language: str, instruments: Mapping[str, str] = NAME_BY_CODE) -> list[OutlineSheet]:
    """The sheets that tell a procedure norm: scope, particulars, items, points and readings, limits.

    Parameters
    ----------
    value : a dated value of kind procedure
    language : "zh" or "en"
    instruments : what catalogue codes are called, by code; one without a name is shown as it is

    Raises
    ------
    WrongKind : the rule is no procedure
    """
    procedure = procedure_of(value)
    reader = Reader(procedure, language)
    sheets = [_scope(reader, instruments), _attributes(reader)]
    sheets += [limit_sheet(reader, table) for table in procedure.tables.values()]
    return [sheet for sheet in (*sheets, _items(reader), _readings(reader)) if sheet.rows]


def _scope(reader: Reader, names: Mapping[str, str]) -> OutlineSheet:
    by, word = reader.procedure, reader.word
    rows = [
        (word("instruments"), reader.listed(names.get(code, code) for code in by.instruments)),
        (word("regimes"), reader.listed(word(regime) for regime in by.regimes)),
        (word("class_by"), reader.name(by.class_by) if by.class_by else ""),
        (word("downgrade"), reader.listed(by.downgrade)),
        (word("parts"), reader.text(by.part) if by.part else ""),
    ]
    return OutlineSheet(word("scope"), (), [row for row in rows if row[1]])


def _attributes(reader: Reader) -> OutlineSheet:
    word = reader.word
    rows = [
        (reader.text(cell.title), _unit(cell.unit), _possible(reader, cell), _default(reader, cell))
        for cell in reader.procedure.attributes
    ]
    return OutlineSheet(word("attributes"), [word(key) for key in ("name", "unit", "possible", "default")], rows)


def _unit(unit: str) -> str:
    return "" if unit == "1" else unit


def _default(reader: Reader, cell: Cell) -> str:
    return "" if cell.default is None else reader.choices.get(cell.id, {}).get(cell.default, cell.default)


def _possible(reader: Reader, cell: Cell) -> str:
    if cell.kind == "check":
        return f"{reader.word('yes')} / {reader.word('no')}"
    if cell.choices:
        return reader.values(cell.id, cell.choices)
    return between(reader, cell.low, cell.high)


def between(reader: Reader, low: Amount | None, high: Amount | None) -> str:
    """A range in words and signs."""
    if low is None or high is None:
        side = low if high is None else high
        return "" if side is None else f"{'≥' if high is None else '≤'} {reader.amount(side)}"
    return f"{reader.amount(low)} … {reader.amount(high)}"


def _items(reader: Reader) -> OutlineSheet:
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
        return f"{reader.amount(rounding.steps[''])} {_unit(item.unit)}".strip()
    named = reader.choices.get(rounding.by, {})
    steps = (f"{named.get(word, word)}: {reader.amount(step)}" for word, step in rounding.steps.items())
    return f"{reader.name(rounding.by)} {reader.listed(steps)} {_unit(item.unit)}".strip()


def _limit(reader: Reader, item: Item) -> str:
    if item.limit is None:
        return ""
    told = [_table_title(reader, reader.procedure.tables[item.limit.table])]
    told += [reader.word("magnitude")] if item.limit.mode == "magnitude" else []
    told += [reader.word("times", f"{item.limit.times:f}")] if item.limit.times != 1 else []
    return reader.listed(told)


def _table_title(reader: Reader, table: LimitTable) -> str:
    return reader.text(table.title) or reader.word("limit")


def _readings(reader: Reader) -> OutlineSheet:
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
    told = " ".join(part for part in (_unit(cell.unit), _possible(reader, cell)) if part)
    return f"{reader.text(cell.title)} ({told})" if told else reader.text(cell.title)


def limit_sheet(reader: Reader, table: LimitTable) -> OutlineSheet:
    """One table of limits with the class across (or the last condition), the other conditions and brackets down."""
    across = _across(reader, table)
    down = [name for name in _condition_names(table) if name != across]
    columns = _values_of(reader, table, across) if across else [""]
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    rank: dict[tuple[str, ...], tuple[object, ...]] = {}
    for row in table.rows:
        key = [reader.values(name, row.when[name]) if name in row.when else reader.word("any") for name in down]
        for bracket, column in product(row.brackets, row.when.get(across, columns) if across else columns):
            line = (*key, *([bracket_words(reader, table, row, bracket)] if table.over is not None else []))
            lines.setdefault(line, {})[column] = _bracket(reader, bracket)
            rank.setdefault(line, (*(reader.rank(name, row.when.get(name, ())) for name in down), _first(bracket)))
    head = [reader.name(name) for name in down] + ([reader.amount(table.over)] if table.over is not None else [])
    named = reader.choices.get(across, {})
    titles = [f"{reader.name(across)} {named.get(one, one)}" if across else reader.word("limit") for one in columns]
    rows = [
        [*line, *(lines[line].get(column, "–") for column in columns)] for line in sorted(lines, key=rank.__getitem__)
    ]
    title = f"{_table_title(reader, table)} ({_unit(table.unit)})" if _unit(table.unit) else _table_title(reader, table)
    return OutlineSheet(title, [*head, *titles], rows, _table_note(reader, table), len(head))


def _condition_names(table: LimitTable) -> list[str]:
    return list(dict.fromkeys(name for row in table.rows for name in row.when))


def _across(reader: Reader, table: LimitTable) -> str:
    names = _condition_names(table)
    by = reader.procedure.class_by
    return by if by is not None and by in names else names[-1] if names else ""


def _values_of(reader: Reader, table: LimitTable, name: str) -> list[str]:
    found = {word for row in table.rows for word in row.when.get(name, ())}
    return sorted(found, key=lambda word: (reader.rank(name, [word]), word))


def _first(bracket: Bracket) -> Decimal:
    start = bracket.start
    return Decimal(0) if start is None or any(term.of or term.over for term in start) else start[0].times


def bracket_words(reader: Reader, table: LimitTable, row: LimitRow, bracket: Bracket) -> str:
    """A bracket with its signs: inner boundaries belong to one side, the outermost ends are always in."""
    upper = table.closed == "upper"
    below = "≤" if not upper or bracket is row.brackets[0] else "<"
    above = "≤" if upper or bracket is row.brackets[-1] else "<"
    low, high = reader.amount(bracket.start), reader.amount(bracket.end)
    if low and high:
        return f"{low} {below} … {above} {high}"
    return f"{above} {high}" if high else f"{'≥' if below == '≤' else '>'} {low}" if low else ""


def _bracket(reader: Reader, bracket: Bracket) -> str:
    low, high = bracket.low, bracket.high
    if (
        low is not None
        and high is not None
        and [(-t.times, t.of, t.over) for t in low] == [(t.times, t.of, t.over) for t in high]
    ):
        text = reader.amount(high)
        return f"±({text})" if len(high) > 1 else f"±{text}"
    return between(reader, low, high)


def _table_note(reader: Reader, table: LimitTable) -> str:
    told = [reader.word("per", reader.name(table.per))] if table.per else []
    told += [reader.word("factor", reader.word(regime), f"{by:f}") for regime, by in table.factors.items()]
    told += [reader.word(f"closed_{table.closed}")] if table.over is not None and _joins(table) else []
    return ("；" if reader.language == "zh" else "; ").join(told)


def _joins(table: LimitTable) -> bool:
    return any(len(row.brackets) > 1 for row in table.rows)
