"""One grid of the entry form: from the record's JSON to its cells, and from what was typed back to the JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from unicodedata import normalize

from hengliang.platform.core.pages.grid import Grid, GridColumn, GridRow
from hengliang.platform.verification.entry.words import plain

INSTRUMENT, PARTS, LEFT_OUT = "instrument", "parts", "not_applicable"
PART, REASON = "label", "reason"  # the only columns of the parts and of the reasons
LEADERS = (INSTRUMENT, PARTS)  # which rows the items have hangs on them
VERDICT = "_verdict"
Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Line:
    """One row of a grid: the part and point that it is for, or its place among free rows."""

    key: str
    part: str = ""
    point: str = ""
    label: str = ""
    given: Mapping[str, Any] | None = None

    def row(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The row of the record that holds these cells."""
        named = {"part": self.part, "point": self.point}
        return {key: value for key, value in named.items() if value} | dict(cells)


@dataclass(frozen=True)
class Section:
    """One grid of the form, and its part of the record.

    `judges` names the items of the rule that are judged by what stands here, with their titles: its own, and those
    that read the same readings. A `free` section has as many rows as one likes.
    """

    key: str
    title: str
    lines: Sequence[Line]
    columns: Sequence[GridColumn]
    runs: int = 0
    free: bool = False
    judges: Mapping[str, str] = field(default_factory=dict)

    def grid(
        self,
        data: Mapping[str, Any],
        *,
        verdict_url: str = "",
        save_url: str = "",
        version: int = 0,
        marks: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Grid:
        """The grid with what stands in `data` (the record's JSON) already, and what was found wrong with it."""
        found = {line.key: self._values(line, data) for line in self.lines}
        return Grid(
            name=self.key,
            title=self.title,
            columns=self.columns,
            rows=[GridRow(f"{self.key}~{line.key}", line.label, found[line.key]) for line in self.lines],
            verdict_url=verdict_url,
            save_url=save_url,
            version=version,
            leads=self.key in LEADERS,
            grows=self.free,
            marks=marks or {},
        )

    def typed(self, fields: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """What stands in the fields of this section, by row and column; a figure in the signs of one, whatever the
        keyboard."""
        found = self._blank.typed(fields)
        return {
            row: {key: _figure(text) if key in self._figures else text for key, text in cells.items()}
            for row, cells in found.items()
        }

    @cached_property
    def _figures(self) -> frozenset[str]:
        return frozenset(column.key for column in self.columns if column.kind == "number")

    @cached_property
    def _blank(self) -> Grid:
        return self.grid({})

    def _values(self, line: Line, data: Mapping[str, Any]) -> dict[str, Any]:
        if self.key == INSTRUMENT:
            return {key: plain(value) for key, value in (data.get(INSTRUMENT) or {}).items()}
        if self.key == PARTS:
            return {PART: line.part}
        if self.key == LEFT_OUT:
            return {REASON: (data.get(LEFT_OUT) or {}).get(line.key, "")}
        rows = (data.get("items") or {}).get(self.key) or []
        row = _row_of(line, self.lines, rows)
        cells = {key: plain(value) for key, value in row.items() if key not in {"part", "point", "runs"}}
        for at, run in enumerate(row.get("runs") or []):
            cells |= {f"{key}#{at}": plain(value) for key, value in run.items()}
        return dict(line.given or {}) | cells

    def record(self, typed: Rows) -> Any:
        """What was typed, as this section of the record's JSON; rows in which nothing stands are left out."""
        by_key = self._by_line(typed)
        if self.key == INSTRUMENT:
            return {key: text for cells in by_key.values() for key, text in cells.items() if text}
        if self.key == PARTS:
            return [by_key[line.key][PART] for line in self._all(by_key)]
        if self.key == LEFT_OUT:
            return {line.key: by_key[line.key][REASON] for line in self._all(by_key)}
        return [self._row(line, by_key[line.key]) for line in self._all(by_key)]

    def filled(self, typed: Rows) -> list[str]:
        """The keys of the lines in which something stands, in the order of the record's rows."""
        return [line.key for line in self._all(self._by_line(typed))]

    def _all(self, by_key: Rows) -> list[Line]:
        """The lines in which something stands, with those that were added on the page."""
        known = [line.key for line in self.lines]
        added = sorted((key for key in by_key if key not in known and key.isdigit()), key=int) if self.free else []
        return [line for line in (*self.lines, *map(Line, added)) if line.key in by_key]

    def _by_line(self, typed: Rows) -> dict[str, dict[str, str]]:
        mine = {key.partition("~")[2]: cells for key, cells in typed.items() if key.startswith(f"{self.key}~")}
        stripped = {key: {name: text for name, text in cells.items() if text} for key, cells in mine.items()}
        return {key: cells for key, cells in stripped.items() if cells}

    def _row(self, line: Line, cells: Mapping[str, str]) -> dict[str, Any]:
        once = {key: text for key, text in cells.items() if "#" not in key}
        if not self.runs:
            return line.row(once)
        runs: list[dict[str, str]] = [{} for _at in range(self.runs)]
        for key, text in cells.items():
            name, _sign, at = key.partition("#")
            if at:
                runs[int(at)][name] = text
        return line.row(once | {"runs": [run for run in runs if run]})


def _figure(text: str) -> str:
    """A Chinese keyboard gives digits of full width and its full stop, a page or a sheet the sign of a minus."""
    return normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").replace("。", ".")


def _row_of(line: Line, lines: Sequence[Line], rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    if line.part or line.point:
        matches = (r for r in rows if r.get("part", "") == line.part and r.get("point", "") == line.point)
        return next(matches, {})
    at = lines.index(line)
    return rows[at] if at < len(rows) else {}
