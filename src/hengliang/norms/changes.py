"""What differs between two values of a rule, in words: the very cells that a person sees in the rule's tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hengliang.norms.diff import diff
from hengliang.norms.model import Value
from hengliang.norms.procedure_outline import OutlineSheet, procedure_outline


@dataclass(frozen=True, slots=True)
class WordedChange:
    """One cell that differs: table, row and column in words; "" where it is not there."""

    place: tuple[str, ...]
    before: str
    after: str


def procedure_changes(
    before: Value, after: Value, language: str, instruments: Mapping[str, str]
) -> list[WordedChange] | None:
    """The cells that differ between two procedures; None where they differ in something that no cell shows.

    Parameters
    ----------
    before, after : values of kind procedure
    language : "zh" or "en"
    instruments : names of the catalogue's codes
    """
    first, second = (_cells(procedure_outline(value, language, instruments)) for value in (before, after))
    changes = [
        WordedChange(place, first.get(place, ""), second.get(place, ""))
        for place in dict.fromkeys([*first, *second])
        if first.get(place, "") != second.get(place, "")
    ]
    said = [change for change in diff(before, after) if not change.place.startswith("source/")]
    return changes if changes or not said else None


def _cells(sheets: list[OutlineSheet]) -> dict[tuple[str, ...], str]:
    return {place: text for sheet in sheets for place, text in _of(sheet)}


def _of(sheet: OutlineSheet) -> Iterator[tuple[tuple[str, ...], str]]:
    if sheet.note:
        yield (sheet.title,), sheet.note
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        keys = tuple(row[: sheet.keys])
        seen[keys] = seen.get(keys, 0) + 1
        named = (*keys, str(seen[keys])) if seen[keys] > 1 else keys
        heads = sheet.head[sheet.keys :] or [""] * (len(row) - sheet.keys)
        for head, text in zip(heads, row[sheet.keys :], strict=True):
            yield tuple(filter(None, (sheet.title, *named, head))), text
