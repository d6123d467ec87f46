"""A table of limits at a glance: the class across, conditions and brackets down."""

from decimal import Decimal
from itertools import product

from hengliang.metrology.judge import Bracket, LimitRow, LimitTable
from hengliang.norms.outline_reader import OutlineSheet, Reader, between, table_title, unit_words


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
    title = (
        f"{table_title(reader, table)} ({unit_words(table.unit)})"
        if unit_words(table.unit)
        else table_title(reader, table)
    )
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
