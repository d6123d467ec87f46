"""What differs between two values of a rule, in words: the very cells that a person sees in the rule's tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hengliang.norms.diff import diff
from hengliang.norms.model import Value
from hengliang.norms.outline_reader import OutlineSheet
from hengliang.norms.procedure_outline import procedure_outline

Place = tuple[str, ...]
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WordedChange:
    """One cell that differs: table, row and column in words; "" where it is not there."""

    place: Place
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
    first, second = (_rows(procedure_outline(value, language, instruments)) for value in (before, after))
    changes = [
        change
        for row in dict.fromkeys([*first, *second])
        for change in _row_changes(row, first.get(row), second.get(row))
    ]
    said = [change for change in diff(before, after) if not change.place.startswith("source/")]
    return changes if changes or not said else None


def _row_changes(row: Place, before: Cells | None, after: Cells | None) -> Iterator[WordedChange]:
    """The cells of a row that differ; a row that is new or gone is one change."""
    if before is None or after is None:
        yield WordedChange(row, _joined(before), _joined(after))
        return
    for head in dict.fromkeys([*before, *after]):
        was, now = before.get(head, ""), after.get(head, "")
        if was != now:
            yield WordedChange((*row, head) if head else row, was, now)


def _joined(cells: Cells | None) -> str:
    return " · ".join(f"{head} {text}".strip() for head, text in (cells or {}).items() if text)


def _rows(sheets: list[OutlineSheet]) -> dict[Place, Cells]:
    """The rows of all sheets by what names them; rows of the same name are counted."""
    found: dict[Place, Cells] = {}
    for sheet in sheets:
        if sheet.note:
            found[(sheet.title, "")] = {"": sheet.note}
        for row in sheet.rows:
            keys = tuple(filter(None, row[: sheet.keys]))
            place: Place = (sheet.title, *keys)
            count = 1
            while place in found:
                count += 1
                place = (sheet.title, *keys, str(count))
            heads = sheet.head[sheet.keys :] or [""] * (len(row) - sheet.keys)
            found[place] = dict(zip(heads, row[sheet.keys :], strict=True))
    return found
