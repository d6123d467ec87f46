"""The figures of a rule that the page corrects: each with its place in words, and what it is now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import NoneType
from typing import Any

from hengliang.norms import Value, procedure_of
from hengliang.norms.outline_limits import bracket_words
from hengliang.norms.outline_reader import Reader
from hengliang.platform.site.rules.outline import item_names, language, text_of
from hengliang.platform.site.rules.words import key_words, titled

Steps = tuple[str | int, ...]
LIMITS = ("plus_minus", "low", "high", "from", "to", "value")


@dataclass(frozen=True)
class Figure:
    """A number of a rule's content: the steps that lead to it, its place in words, what it is now.

    `group` is what it has in common with its neighbours; None stands where nothing is written yet.
    """

    steps: Steps
    words: str
    now: Decimal | None
    group: str = ""

    @property
    def key(self) -> str:
        """The steps as one text."""
        return "/".join(str(step) for step in self.steps)


def figures_of(value: Value) -> list[Figure]:
    """The numbers of a rule that the page corrects, in its order; none of a kind that it leaves to files."""
    content = value.content
    if value.kind == "scalar":
        return [Figure(("value",), titled(value.title), Decimal(content["value"]))]
    if value.kind == "bracket_table":
        return list(_brackets(("brackets",), content["brackets"], ""))
    found = {"procedure": _limits, "period": _periods, "coefficients": _coefficients}.get(value.kind)
    return list(found(value)) if found else []


def _periods(value: Value) -> Iterator[Figure]:
    names = item_names(value)
    for at, row in enumerate(value.content["rows"]):
        item = " ".join(filter(None, [names.get(row["item"], ""), row["item"]]))
        yield _cell(("rows", at, "months"), item, row["months"])


def _coefficients(value: Value) -> Iterator[Figure]:
    for at, row in enumerate(value.content["rows"]):
        named = titled(row) if "zh" in row else str(row.get("code", at + 1))
        for column, unit in value.content["columns"].items():
            if not isinstance(row.get(column), (int, Decimal, NoneType)):
                continue  # a class such as 0.5S is a word
            words = f"{key_words(column)} ({unit})" if unit not in ("", "1", None) else str(key_words(column))
            yield _cell(("rows", at, column), words, row.get(column), named)


def _cell(steps: Steps, words: str, now: Any, group: str = "") -> Figure:
    number = None if now in ("", None) else Decimal(str(now))
    return Figure(steps, f"{words} · {'–' if number is None else number}", number, group)


def _limits(value: Value) -> Iterator[Figure]:
    procedure = procedure_of(value)
    reader = Reader(procedure, language())
    for at, table in enumerate(value.content.get("tables", ())):
        if "csv" in table:
            yield from _matrix(("tables", at), table)
            continue
        limits = procedure.tables[table["id"]]
        for number, row in enumerate(table["rows"]):
            title = " · ".join(filter(None, [titled(table["title"]), reader.conditions(limits.rows[number].when)]))
            for each, bracket in enumerate(row["brackets"]):
                edges = bracket_words(reader, limits, limits.rows[number], limits.rows[number].brackets[each])
                steps: Steps = ("tables", at, "rows", number, "brackets", each)
                yield from _bracket(steps, bracket, edges, title)


def _matrix(steps: Steps, table: Mapping[str, Any]) -> Iterator[Figure]:
    """The cells of a sheet with a row for each nominal value and a column for each class."""
    for at, row in enumerate(table["rows"]):
        group = " · ".join([titled(table["title"]), str(row[table["row"]])])
        for column, now in row.items():
            if column != table["row"]:
                yield _cell((*steps, "rows", at, column), column, now, group)


def _brackets(steps: Steps, brackets: list[Mapping[str, Any]], title: str) -> Iterator[Figure]:
    for at, bracket in enumerate(brackets):
        edges = f"{text_of(bracket.get('from'))} … {text_of(bracket.get('to'))}"
        yield from _bracket((*steps, at), bracket, edges, title)


def _bracket(steps: Steps, bracket: Mapping[str, Any], edges: str, group: str) -> Iterator[Figure]:
    for key in LIMITS:
        if key == "from" and steps[-1]:
            continue  # the edge that it shares with the bracket below, corrected there
        now = bracket.get(key)
        if isinstance(now, (int, Decimal)) and not isinstance(now, bool):
            words = " · ".join(filter(None, [edges, f"{key_words(key)} {now}"]))
            yield Figure((*steps, key), words, Decimal(now), group)
