"""The rows of a grid and their columns: the sections of each record, side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hengliang.platform.core.pages.grid import GridColumn
from hengliang.platform.verification.drafts import begun, version_of
from hengliang.platform.verification.entry import PARTS, Line, Section, given_particulars, sections_of
from hengliang.platform.verification.models import RecordDraft, Task


class Layouts:
    """The sections of records of one form; records of the same shape share them."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self.form = form
        self._asked_by = sorted(set(_conditions(form)))
        self._known: dict[Any, list[Section]] = {}
        self._places: dict[tuple[int, ...], int] = {}
        self.shapes: list[list[str]] = []

    def sections(self, data: Mapping[str, Any]) -> list[Section]:
        """The sections that are asked of a record, as far as it stands."""
        shape = self._shape(data)
        if shape not in self._known:
            self._known[shape] = sections_of(self.form, data, shape.parts)
        return self._known[shape]

    def _shape(self, data: Mapping[str, Any]) -> "_Shape":
        given, items = given_particulars(self.form, data), data.get("items") or {}
        asked = tuple(given.get(name) for name in self._asked_by)
        return _Shape(
            asked, tuple(data.get("parts") or ()), frozenset((name, len(rows)) for name, rows in items.items())
        )

    def fields(self, sections: Sequence[Section]) -> int:
        """The place among `shapes` of the names of all fields in which one types."""
        key = tuple(map(id, sections))  # they are kept, so no other has the same
        if key not in self._places:
            shown = [section for section in sections if section.key != PARTS]
            names = [name for section in shown for name in sorted(names_of(section))]
            if names not in self.shapes:
                self.shapes.append(names)
            self._places[key] = self.shapes.index(names)
        return self._places[key]


class _Shape(NamedTuple):
    asked: tuple[str | None, ...]
    parts: tuple[str, ...]
    rows: frozenset[tuple[str, int]]


def _conditions(form: Mapping[str, Any]) -> Iterator[str]:
    for item in form["items"]:
        yield from item["when"]
        for point in item["points"]:
            yield from point["when"]


@dataclass(frozen=True)
class SheetRow:
    """One instrument: its task, the record as far as it stands, and the version of the draft."""

    task: Task
    data: Mapping[str, Any]
    version: int


def row_of(task: Task, draft: RecordDraft | None = None) -> SheetRow:
    """The row of a task, from its draft as it stands."""
    kept = draft or getattr(task, "draft", None)
    parts = sorted(part.part_label for part in task.instrument.parts.all())
    return SheetRow(task, begun(task, kept, parts), version_of(kept))


@dataclass(frozen=True)
class SheetColumn:
    """One column: the field that it holds in every row, and the three lines of its heading."""

    name: str
    section: str
    line: str
    column: GridColumn


def columns_of(rows: Iterable[SheetRow], layouts: Layouts) -> list[SheetColumn]:
    """The columns that any row needs, in the order of the form. Parts have none: the ledger or the single form has."""
    found: dict[str, dict[str, dict[str, SheetColumn]]] = {}
    for row in rows:
        for section in layouts.sections(row.data):
            if section.key != PARTS:
                _lay(found.setdefault(section.key, {}), section)
    return [column for lines in found.values() for fields in lines.values() for column in fields.values()]


def _lay(found: dict[str, dict[str, SheetColumn]], section: Section) -> None:
    for line in section.lines:
        known = found.setdefault(line.key, {})
        for column, name in typed_fields(section, line):
            known.setdefault(name, SheetColumn(name, section.title, _label(section, line), column))


def _label(section: Section, line: Line) -> str:
    return str(line.label) if len(section.lines) > 1 or line.part else ""


def typed_fields(section: Section, line: Line) -> list[tuple[GridColumn, str]]:
    """The columns of a line in which one types, with the names of their fields."""
    return [(one, f"{section.key}~{line.key}.{one.key}") for one in section.columns if not one.given]


def names_of(section: Section) -> frozenset[str]:
    """The names of all fields of a section in which one types."""
    return frozenset(name for line in section.lines for _column, name in typed_fields(section, line))


def fields_of(sections: Sequence[Section], data: Mapping[str, Any]) -> dict[str, str]:
    """What stands in every field that is asked for; an empty one holds an empty text."""
    found: dict[str, str] = {}
    for section in sections:
        rows = section.grid(data).rows
        for line, row in zip(section.lines, rows, strict=True):
            found |= {name: str(row.values.get(column.key, "")) for column, name in typed_fields(section, line)}
    return found
