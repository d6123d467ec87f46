"""Finding the limit: the row by conditions, the bracket by one variable, then unit and regime factor."""

from decimal import Decimal

from hengliang.metrology.judge.amounts import Quantities, amount, meets
from hengliang.metrology.judge.model import Amount, Bracket, Limit, LimitTable

Limits = tuple[Decimal | None, Decimal | None]


class NoLimit(LookupError):
    """The table holds no limit for these quantities; the caller names the cell."""

    def __init__(self, table: str, reason: str) -> None:
        self.table, self.reason = table, reason
        super().__init__(f"{table}: {reason}")


def limits_at(table: LimitTable, quantities: Quantities, regime: str) -> Limits:
    """Lower and upper limit (None: open) that `table` holds for `quantities` in `regime`.

    Raises
    ------
    NoLimit : no row meets the conditions, or the variable lies outside all brackets
    """
    bracket = _bracket(table, _row(table, quantities), quantities)
    scale = table.factors.get(regime, None)
    if table.per is not None:
        per = quantities[table.per]
        scale = per if scale is None else scale * per
    return _side(bracket.low, quantities, scale), _side(bracket.high, quantities, scale)


def limit_of(limit: Limit, table: LimitTable, quantities: Quantities, regime: str) -> Limits:
    """The limit of an item: that of its table, as it stands or as a magnitude, times its factor."""
    low, high = limits_at(table, quantities, regime)
    if limit.times != 1:
        low = None if low is None else low * limit.times
        high = None if high is None else high * limit.times
    if limit.mode == "magnitude":
        low = None
    return low, high


def _side(side: Amount | None, quantities: Quantities, scale: Decimal | None) -> Decimal | None:
    if side is None:
        return None
    value = amount(side, quantities)
    return value if scale is None else value * scale


def _row(table: LimitTable, quantities: Quantities) -> tuple[Bracket, ...]:
    for row in table.rows:
        if meets(row.when, quantities):
            return row.brackets
    names = sorted({name for row in table.rows for name in row.when})
    given = ", ".join(f"{name} = {quantities.get(name)}" for name in names)
    raise NoLimit(table.id, f"no row for {given}")


def _bracket(table: LimitTable, brackets: tuple[Bracket, ...], quantities: Quantities) -> Bracket:
    if table.over is None:
        return brackets[0]
    variable = amount(table.over, quantities)
    upper = table.closed == "upper"
    last = len(brackets) - 1
    for index, bracket in enumerate(brackets):
        if _starts(bracket, variable, quantities, inclusive=not upper or index == 0) and _ends(
            bracket, variable, quantities, inclusive=upper or index == last
        ):
            return bracket
    raise NoLimit(table.id, f"{variable} lies outside all brackets")


def _starts(bracket: Bracket, variable: Decimal, quantities: Quantities, *, inclusive: bool) -> bool:
    if bracket.start is None:
        return True
    start = amount(bracket.start, quantities)
    return variable >= start if inclusive else variable > start


def _ends(bracket: Bracket, variable: Decimal, quantities: Quantities, *, inclusive: bool) -> bool:
    if bracket.end is None:
        return True
    end = amount(bracket.end, quantities)
    return variable <= end if inclusive else variable < end
