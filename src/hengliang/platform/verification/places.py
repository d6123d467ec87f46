"""Where a free row of a record was measured, in words: the load, the current and power factor, the speed."""

from collections.abc import Mapping, Sequence
from typing import Any

from hengliang.platform.core.pages.words import titled

Words = dict[str, str]


def row_places(item: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[Words]:
    """The place of each row of an item of a rule, in both languages; none where the rule names its points or
    there is one row only.

    With several runs a row's own cells say where; without, the first of its cells does, and the others are readings.
    Where the first is chosen (a position on the receptor), what stands behind it says the load there.
    """
    cells = [cell for cell in item.get("cells", ()) if cell.get("kind", "number") != "check"]
    if item.get("points") or not cells or len(rows) < 2:
        return []
    telling = cells if item.get("runs") else cells[: 2 if cells[0].get("kind") == "choice" else 1]
    return [{language: _place(telling, row, language) for language in ("zh", "en")} for row in rows]


def places_by_item(
    content: Mapping[str, Any], measured: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, list[str]]:
    """The places of the rows of each item of a rule that was measured, in the reader's language."""
    return {
        item["id"]: [titled(words) for words in row_places(item, measured[item["id"]])]
        for item in content.get("items", ())
        if item["id"] in measured
    }


def _place(cells: Sequence[Mapping[str, Any]], row: Mapping[str, Any], language: str) -> str:
    said = [(cell, _plain(row.get(cell["id"]))) for cell in cells]
    return " ".join(f"{cell['title'][language]} {value}{_unit(cell)}" for cell, value in said if value)


def _plain(value: Any) -> str:
    return "" if value is None else str(value["value"] if isinstance(value, Mapping) else value)


def _unit(cell: Mapping[str, Any]) -> str:
    unit = cell.get("unit")
    return "" if unit in (None, "", "1") else f"\u2009{unit}"
