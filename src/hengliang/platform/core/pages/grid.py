"""A grid for measured values: TAB, arrows, paste from a sheet, a verdict while one types, kept as one goes.

The server side is three answers in JSON, all under the app's own rights:

* `verdict_url` takes `{"rows": {row: {column: text}}}` and gives
  `{"cells": {"row.column": {"tone", "words"}}, "fill": {"row.column": text or [{"title", "text", "tone"}]},
  "summary": {"tone", "words"}, "conclusion": {"tone", "words", …}}`; the conclusion is the page's, see `conclude`;
* `save_url` takes `{"rows", "version"}` and gives `{"version"}`; 409 with `{"words"}` when somebody else has written
  since: the page says so and keeps what was typed;
* without scripts the grid is a plain form whose fields are named `row.column`.

In a grid that `grows`, rows are added and taken away; their keys end in `~` and a number.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from .words import Words

MOST_DIGITS = 3  # of the number of an added row: a sheet on paper has not a thousand either


@dataclass(frozen=True)
class GridColumn:
    """A column: numbers by default; `given` columns (nominal load, computed error) are shown and not typed.

    A column that `stays` remains seen at the right edge of a grid that is wider than the page.
    """

    key: str
    label: Words
    unit: Words = ""
    kind: Literal["number", "text", "choice"] = "number"
    given: bool = False
    choices: Sequence[tuple[str, Words]] = ()
    stays: bool = False


@dataclass(frozen=True)
class GridRow:
    """A row: its key, its heading, and what stands in it already."""

    key: str
    label: Words
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One cell as the template reads it."""

    column: GridColumn
    name: str
    value: Any
    mark: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The grid of one record. When one that `leads` is kept, the others of its form are drawn anew from the server:
    which rows they have hangs on what stands in it."""

    name: str
    title: Words
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    row_heading: Words = ""
    verdict_url: str = ""
    save_url: str = ""
    version: int = 0
    disabled: bool = False
    leads: bool = False
    grows: bool = False
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def lines(self) -> list[tuple[GridRow, list[Cell]]]:
        """Rows and cells."""
        return [(row, [self._cell(row, one, f"{row.key}.{one.key}") for one in self.columns]) for row in self.rows]

    def _cell(self, row: GridRow, column: GridColumn, name: str) -> Cell:
        return Cell(column, name, row.values.get(column.key, ""), self.marks.get(name))

    def render(self, request: HttpRequest | None = None) -> SafeString:
        """The grid as a part of a form."""
        return SafeString(render_to_string("core/form/grid.html", {"grid": self}, request))

    def typed(self, data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """What a plain form posted, by row and column; given columns and strange names are left out."""
        keys = [one.key for one in self.columns if not one.given]
        return {
            row: {key: str(data[f"{row}.{key}"]).strip() for key in keys if f"{row}.{key}" in data}
            for row in [*(row.key for row in self.rows), *self._added(data)]
        }

    def _added(self, data: Mapping[str, Any]) -> list[str]:
        """The keys of the rows that were added on the page."""
        if not self.grows:
            return []
        known = {row.key for row in self.rows}
        named = re.compile(rf"({re.escape(self.name)}~\d{{1,{MOST_DIGITS}}})\.")
        found = {match[1] for name in data if (match := named.match(name))} - known
        return sorted(found, key=lambda key: int(key.rpartition("~")[2]))

    def typed_json(self, body: bytes) -> tuple[dict[str, dict[str, str]], int]:
        """What the page posted as JSON: values and the version they were written on. Raises ValueError."""
        sent = json.loads(body)
        rows = sent.get("rows") if isinstance(sent, dict) else None
        if not isinstance(rows, dict) or not isinstance(sent.get("version", 0), int):
            raise ValueError("a grid posts an object with `rows` and `version`")
        flat = {
            f"{row}.{column}": str(text)
            for row, cells in rows.items()
            if isinstance(cells, dict)
            for column, text in cells.items()
        }
        return self.typed(flat), sent.get("version", 0)


def saved(version: int) -> JsonResponse:
    """The answer to a save that was written."""
    return JsonResponse({"version": version})


def stale(words: Words = "") -> JsonResponse:
    """The answer to a save on an old version: nothing was written, nothing typed is lost."""
    text = words or gettext("Somebody else has written here since. Your entries are kept on this page.")
    return JsonResponse({"words": str(text)}, status=409)
