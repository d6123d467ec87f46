"""A section to be read: what it holds, without the verdict beside it, choices in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hengliang.platform.core.pages.grid import Grid
from hengliang.platform.verification.entry.section import VERDICT, Section


def filled_grid(section: Section, data: Mapping[str, Any]) -> Grid:
    """What a section holds, to be read: without empty rows, without the verdict beside it, choices in words."""
    whole = section.grid(data)
    columns = [column for column in whole.columns if column.key != VERDICT]
    said = {column.key: dict(column.choices) for column in columns}
    rows = [
        replace(row, values={key: _said(said.get(key, {}), value) for key, value in row.values.items()})
        for row in whole.rows
        if any(str(row.values.get(column.key, "")) for column in columns if not column.given)
    ]
    return replace(whole, columns=columns, rows=rows)


def _said(words: Mapping[str, Any], value: Any) -> Any:
    """A choice in words; numbers, and readings of several runs, as they are."""
    return words.get(value, value) if isinstance(value, str) else value
