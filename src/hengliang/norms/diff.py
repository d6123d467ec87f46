"""What changes between two editions: every word and figure, by its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hengliang.norms.model import Value

NAMES = ("id", "code", "item")
"""What a list entry is called by, so that an inserted one does not make all that follow look changed."""

FILE = "csv"
"""Where rows stand in a sheet of their own; its name is no word of the rule, its rows are."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs; None where the place is not there."""

    place: str
    before: Any
    after: Any


def diff(before: Value, after: Value) -> list[Change]:
    """The places in which two dated values differ: unit, source and content."""
    changes = list(_compare("unit", before.unit, after.unit))
    changes += _compare("source/document", before.source.document, after.source.document)
    changes += _compare("source/clause", before.source.clause, after.source.clause)
    first = {key: inner for key, inner in before.content.items() if key != "amends"}
    second = {key: inner for key, inner in after.content.items() if key != "amends"}
    return changes + list(_compare("", first, second))


def _compare(place: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, list) and isinstance(after, list):
        before, after = _by_name(before), _by_name(after)
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            if key == FILE:
                continue
            inner = f"{place}/{key}" if place else str(key)
            yield from _compare(inner, before.get(key), after.get(key))
    elif before != after or str(before) != str(after):
        yield Change(place, before, after)


def _by_name(entries: list[Any]) -> dict[str, Any]:
    """A list as a mapping: by the name of each entry where all have one, else by position."""
    for name in NAMES:
        if all(isinstance(entry, dict) and name in entry for entry in entries):
            return {str(entry[name]): entry for entry in entries}
    return {str(index): entry for index, entry in enumerate(entries)}
