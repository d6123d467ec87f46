"""A procedure norm made into what the judge takes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hengliang.metrology.judge import (
    Amount,
    Bracket,
    Cell,
    Item,
    Limit,
    LimitRow,
    LimitTable,
    Point,
    Procedure,
    Rounding,
    Term,
    Wanted,
)
from hengliang.norms.errors import UnknownEntry, WrongKind
from hengliang.norms.load import Norms
from hengliang.norms.model import Value

REGIMES = ("initial", "subsequent", "in_service", "after_repair")


def procedure_for(norms: Norms, instrument: str, day: date) -> Procedure:
    """The procedure by which an instrument of catalogue item `instrument` is verified on `day`.

    Raises
    ------
    UnknownEntry : no procedure in force that day names the item
    """
    found = procedures_by_instrument(norms, day)
    if instrument not in found:
        raise UnknownEntry(norm="procedure", asked=f"{instrument} on {day}")
    return procedure_of(found[instrument])


def procedures_by_instrument(norms: Norms, day: date) -> dict[str, Value]:
    """The procedure values in force on `day`, by the catalogue items they name."""
    found: dict[str, Value] = {}
    for norm in norms.of_kind("procedure"):
        value = norm.value_at(day)
        if value is not None:
            found.update({str(code): value for code in value.content.get("instruments", ())})
    return found


@lru_cache(maxsize=512)
def procedure_of(value: Value) -> Procedure:
    """The judge's procedure that a dated value describes; made once per value.

    Raises
    ------
    WrongKind : the rule is no procedure
    """
    if value.kind != "procedure":
        raise WrongKind(norm=value.norm, kind=value.kind, wanted="procedure")
    content = value.content
    regimes = tuple(content.get("regimes", REGIMES))
    items: dict[str, Mapping[str, Any]] = {item["id"]: item for item in content["items"]}
    return Procedure(
        id=value.norm,
        edition=value.start.isoformat(),
        document=value.source.document,
        title=value.title,
        attributes=tuple(_cell(cell) for cell in content.get("attributes", ())),
        regimes=regimes,
        items=tuple(_item(_shared(item, items), regimes) for item in items.values()),
        tables={table["id"]: _table(table) for table in content.get("tables", ())},
        instruments=tuple(content.get("instruments", ())),
        part=content.get("part"),
        class_by=content.get("class_by"),
        downgrade=tuple(str(grade) for grade in content.get("downgrade", ())),
        draft=not value.may_issue,
        content_hash=value.content_hash,
    )


def _shared(item: Mapping[str, Any], items: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """An item that judges another's readings again takes the grid and formula from there."""
    origin = items.get(item.get("readings", ""))
    if origin is None:
        return item
    grid = ("cells", "run_cells", "runs", "points", "at_least", "include", "per_part", "arguments", "when")
    return {**{key: origin[key] for key in grid if key in origin}, **item}


def _item(item: Mapping[str, Any], regimes: Sequence[str]) -> Item:
    limit = item.get("limit")
    if isinstance(limit, str):
        limit = {"table": limit}
    cells = item.get("cells", ())
    if item["formula"] == "check" and not cells:
        cells = [{"id": "value", "title": item["title"], "kind": "check"}]
    return Item(
        id=item["id"],
        title=item["title"],
        formula=item["formula"],
        regimes=frozenset(item.get("regimes", regimes)),
        when=_conditions(item.get("when")),
        cells=tuple(_cell(cell) for cell in cells),
        run_cells=tuple(_cell(cell) for cell in item.get("run_cells", ())),
        runs=item.get("runs", 1),
        points=tuple(_point(point) for point in item.get("points", ())),
        at_least=item.get("at_least", 1),
        include=tuple(_wanted(wanted) for wanted in item.get("include", ())),
        arguments=dict(item.get("arguments", {})),
        combine=item.get("combine", "each"),
        rounding=_rounding(item.get("rounding")),
        limit=Limit(limit["table"], limit.get("mode", "both"), Decimal(limit.get("times", 1))) if limit else None,
        unit=item.get("unit", "1"),
        per_part=item.get("per_part", False),
        optional=item.get("optional", False),
        failures_allowed=item.get("failures_allowed", 0),
        readings=item.get("readings"),
        clause=item.get("clause", ""),
    )


def _cell(cell: Mapping[str, Any]) -> Cell:
    choices = tuple(str(choice) for choice in cell.get("choices", ()))
    return Cell(
        id=cell["id"],
        title=cell["title"],
        kind=cell.get("kind", "choice" if choices else "number"),
        unit=cell.get("unit", "1"),
        choices=choices,
        low=amount_of(cell.get("low")),
        high=amount_of(cell.get("high")),
        default=str(cell["default"]) if "default" in cell else None,
        optional=cell.get("optional", False),
        words={str(choice): title for choice, title in cell.get("words", {}).items()},
    )


def _point(point: Mapping[str, Any]) -> Point:
    values = {name: _some(amount) for name, amount in point.get("values", {}).items()}
    texts = {name: str(text) for name, text in point.get("texts", {}).items()}
    return Point(str(point["id"]), point["title"], _conditions(point.get("when")), values, texts)


def _wanted(wanted: Mapping[str, Any]) -> Wanted:
    return Wanted(wanted["cell"], _some(wanted["at"]), amount_of(wanted.get("unless_above")))


def _rounding(rounding: Mapping[str, Any] | None) -> Rounding | None:
    if rounding is None:
        return None
    if "by" in rounding:
        return Rounding(rounding["by"], {str(key): _some(step) for key, step in rounding["steps"].items()})
    return Rounding(None, {"": _some(rounding["step"])})


def _table(table: Mapping[str, Any]) -> LimitTable:
    rows = _matrix(table) if "csv" in table else [_row(row) for row in table["rows"]]
    return LimitTable(
        id=table["id"],
        unit=table["unit"],
        rows=tuple(rows),
        over=amount_of(table.get("over")),
        closed=table.get("closed", "upper"),
        per=table.get("per"),
        factors={regime: Decimal(factor) for regime, factor in table.get("factors", {}).items()},
        title=table.get("title", {}),
    )


def _row(row: Mapping[str, Any]) -> LimitRow:
    return LimitRow(_conditions(row.get("when")), tuple(_bracket(bracket) for bracket in row["brackets"]))


def _matrix(table: Mapping[str, Any]) -> list[LimitRow]:
    """One row of limits per filled cell of a CSV matrix of ± limits."""
    by_row, by_column = table["row"], table["column"]
    rows = []
    for line in table["rows"]:
        for column, cell in line.items():
            if column != by_row and cell:
                when = {by_row: frozenset({line[by_row]}), by_column: frozenset({column})}
                rows.append(LimitRow(when, (_bracket({"plus_minus": Decimal(cell)}),)))
    return rows


def _bracket(bracket: Mapping[str, Any]) -> Bracket:
    low, high = amount_of(bracket.get("low")), amount_of(bracket.get("high"))
    if "plus_minus" in bracket:
        high = _some(bracket["plus_minus"])
        low = tuple(Term(-term.times, term.of, term.over) for term in high)
    return Bracket(amount_of(bracket.get("from")), amount_of(bracket.get("to")), low, high)


def _conditions(given: Mapping[str, Any] | None) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(str(word) for word in (words if isinstance(words, list) else [words]))
        for name, words in (given or {}).items()
    }


def amount_of(given: Any) -> Amount | None:
    """The amount that a number, a name, a term or a list of terms in a norm means."""
    return None if given is None else _some(given)


def _some(given: Any) -> Amount:
    if isinstance(given, str):
        return (Term(Decimal(1), (given,)),)
    if isinstance(given, (int, Decimal)):
        return (Term(Decimal(given)),)
    terms = given if isinstance(given, list) else [given]
    return tuple(Term(Decimal(t.get("times", 1)), _names(t.get("of")), _names(t.get("over"))) for t in terms)


def _names(given: Any) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)
