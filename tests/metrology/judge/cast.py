"""A small procedure of our own that the tests of the judge share, so that no shipped figure decides them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge import (
    Bracket,
    Cell,
    Item,
    Limit,
    LimitRow,
    LimitTable,
    Procedure,
    Record,
    Row,
    Term,
)

REGIMES = ("initial", "subsequent", "in_service", "after_repair")
TITLE = {"zh": "量", "en": "quantity"}


def number(value: str) -> tuple[Term, ...]:
    """A plain number as an amount."""
    return (Term(Decimal(value)),)


def quantity(name: str, times: str = "1") -> tuple[Term, ...]:
    """A multiple of a quantity."""
    return (Term(Decimal(times), (name,)),)


def bracket(start: str | None, end: str | None, limit: str) -> Bracket:
    """A bracket with a limit of ± `limit`."""
    edges = [None if edge is None else number(edge) for edge in (start, end)]
    return Bracket(edges[0], edges[1], number("-" + limit), number(limit))


def table(*brackets: Bracket, **changes: Any) -> LimitTable:
    """A table over the reference, with the given brackets."""
    rows = (LimitRow({}, brackets),)
    return replace(
        LimitTable("mpe", "g", rows, over=quantity("reference"), factors={"in_service": Decimal(2)}),
        **changes,
    )


MPE = table(bracket("0", "100", "0.5"), bracket("100", "200", "1"))
CELLS = (Cell("reference", TITLE, unit="g", low=number("0")), Cell("indicated", TITLE, unit="g"))
ERROR = Item(
    id="error",
    title=TITLE,
    formula="difference",
    regimes=frozenset(REGIMES),
    when={},
    cells=CELLS,
    limit=Limit("mpe"),
    unit="g",
)


def procedure(*items: Item, tables: tuple[LimitTable, ...] = (MPE,), **changes: Any) -> Procedure:
    """A procedure for an instrument with a class, by default with the one item `error`."""
    made = Procedure(
        id="procedure/own",
        edition="2020-01-01",
        document="own",
        title=TITLE,
        attributes=(Cell("accuracy_class", TITLE, kind="choice", choices=("1", "2")),),
        regimes=REGIMES,
        items=items or (ERROR,),
        tables={each.id: each for each in tables},
    )
    return replace(made, **changes)


def record(regime: str = "initial", accuracy_class: str = "1", **items: list[Row]) -> Record:
    """A record of an instrument of a class."""
    return Record(regime, {"accuracy_class": accuracy_class}, items)


def reading(reference: str, indicated: str) -> Row:
    """One row of the item `error`."""
    return Row({"reference": reference, "indicated": indicated})
