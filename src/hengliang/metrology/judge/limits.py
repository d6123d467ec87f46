"""Finding the limit: the row by conditions, the bracket by one variable, then unit and regime factor.

A table is made into a function once per procedure and regime; what is constant is computed then.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from operator import itemgetter
from typing import Any

from hengliang.metrology.judge.amounts import ONE, Evaluator, Quantities, constant, evaluator, meets
from hengliang.metrology.judge.model import Amount, Bracket, Limit, LimitRow, LimitTable

Limits = tuple[Decimal | None, Decimal | None]
Finder = Callable[[Quantities], Limits]
LARGEST_INDEX = 2000  # combinations of words; beyond it rows are searched one by one


class NoLimit(LookupError):
    """The table holds no limit: no row for what is `given`, or no bracket for `value`; the caller names the cell."""

    def __init__(self, table: str, *, given: Mapping[str, Any] | None = None, value: Decimal | None = None) -> None:
        self.table, self.given, self.value = table, given, value
        super().__init__(table)


def finder(limit: Limit, table: LimitTable, regime: str) -> Finder:
    """A function from the quantities of a point to its lower and upper limit (None: open).

    The function raises NoLimit where no row meets the conditions or no bracket holds the variable.
    """
    factor = table.factors.get(regime, ONE) * limit.times
    magnitude = limit.mode == "magnitude"
    rows = [(row, _brackets(table, row.brackets, factor, magnitude=magnitude)) for row in table.rows]
    if len(rows) == 1 and not rows[0][0].when:
        return rows[0][1]
    return _indexed(table, rows) or _searched(table, rows)


def _searched(table: LimitTable, rows: list[tuple[LimitRow, Finder]]) -> Finder:
    def find(quantities: Quantities) -> Limits:
        """The limits of the first row whose conditions the point meets. Raises NoLimit."""
        for row, inner in rows:
            if meets(row.when, quantities):
                return inner(quantities)
        raise _no_row(table, quantities)

    return find


def _indexed(table: LimitTable, rows: list[tuple[LimitRow, Finder]]) -> Finder | None:
    """Rows that all ask for the same words, found by one look-up; None if they do not."""
    names = tuple(rows[0][0].when)
    if not names or any(row.when.keys() != set(names) for row, _ in rows):
        return None
    index: dict[tuple[str, ...], Finder] = {}
    for row, inner in rows:
        for words in product(*(row.when[name] for name in names)):
            index.setdefault(words, inner)
        if len(index) > LARGEST_INDEX:
            return None
    pick = itemgetter(*names) if len(names) > 1 else lambda quantities: (quantities[names[0]],)

    def find(quantities: Quantities) -> Limits:
        """The limits of the row filed under the point's words. Raises NoLimit."""
        inner = index.get(pick(quantities))
        if inner is None:
            raise _no_row(table, quantities)
        return inner(quantities)

    return find


def _no_row(table: LimitTable, quantities: Quantities) -> NoLimit:
    names = sorted({name for row in table.rows for name in row.when})
    return NoLimit(table.id, given={name: quantities.get(name) for name in names})


def _brackets(table: LimitTable, brackets: tuple[Bracket, ...], factor: Decimal, *, magnitude: bool) -> Finder:
    sides = [_sides(None if magnitude else bracket.low, bracket.high, factor, table.per) for bracket in brackets]
    if table.over is None:
        return sides[0]
    variable = evaluator(table.over)
    ends = [constant(bracket.end) for bracket in brackets[:-1]]
    if all(end is not None for end in ends):
        return _bisected(table, brackets, sides, variable, [end for end in ends if end is not None])
    return _walked(table, brackets, sides, variable)


def _bisected(
    table: LimitTable,
    brackets: tuple[Bracket, ...],
    sides: list[Finder],
    variable: Evaluator,
    ends: list[Decimal],
) -> Finder:
    """Inner edges are numbers: the bracket is found by bisection, the outermost edges are compared."""
    bisect = bisect_left if table.closed == "upper" else bisect_right
    first, last = brackets[0].start, brackets[-1].end
    start = None if first is None else evaluator(first)
    end = None if last is None else evaluator(last)

    def find(quantities: Quantities) -> Limits:
        """The limits of the bracket that holds the variable. Raises NoLimit outside the outermost edges."""
        value = variable(quantities)
        if (start is not None and value < start(quantities)) or (end is not None and value > end(quantities)):
            raise NoLimit(table.id, value=value)
        return sides[bisect(ends, value)](quantities)

    return find


def _walked(table: LimitTable, brackets: tuple[Bracket, ...], sides: list[Finder], variable: Evaluator) -> Finder:
    """Edges are quantities of the instrument (q_t, I_max): the brackets are tried in order."""
    upper = table.closed == "upper"
    last = len(brackets) - 1
    edges = [
        (
            None if bracket.start is None else evaluator(bracket.start),
            None if bracket.end is None else evaluator(bracket.end),
        )
        for bracket in brackets
    ]

    def find(quantities: Quantities) -> Limits:
        """The limits of the first bracket whose edges, at this instrument, hold the variable. Raises NoLimit."""
        value = variable(quantities)
        for index, (start, end) in enumerate(edges):
            low = None if start is None else start(quantities)
            high = None if end is None else end(quantities)
            after = low is None or value > low or (value == low and (not upper or index == 0))
            if after and (high is None or value < high or (value == high and (upper or index == last))):
                return sides[index](quantities)
        raise NoLimit(table.id, value=value)

    return find


def _sides(low: Amount | None, high: Amount | None, factor: Decimal, per: str | None) -> Finder:
    fixed = [constant(side) for side in (low, high)]
    if all(side is None or number is not None for side, number in zip((low, high), fixed, strict=True)):
        below, above = (None if number is None else number * factor for number in fixed)
        return _fixed(below, above, per)
    lower = None if low is None else evaluator(low)
    upper = None if high is None else evaluator(high)

    def find(quantities: Quantities) -> Limits:
        """Both limits as formulas of the point, times the factor and the scale."""
        scale = factor if per is None else factor * quantities[per]
        return (
            None if lower is None else lower(quantities) * scale,
            None if upper is None else upper(quantities) * scale,
        )

    return find


def _fixed(below: Decimal | None, above: Decimal | None, per: str | None) -> Finder:
    limits = (below, above)
    if per is None:
        return lambda _: limits

    def find(quantities: Quantities) -> Limits:
        """Both limits as numbers, times the scale."""
        scale = quantities[per]
        return (None if below is None else below * scale, None if above is None else above * scale)

    return find
