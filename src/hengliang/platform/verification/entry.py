"""The entry form of an original record: grids from a rule's form, and what was typed as the record's JSON.

A section is the particulars of the instrument (`instrument`), its parts, the reasons for what was left out, or one item
of the rule. Each is one grid, saved and judged by itself, so that two people at two items don't wait for each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hengliang.platform.core.pages.grid import Grid, GridColumn, GridRow
from hengliang.platform.core.pages.words import titled
from hengliang.platform.verification.stated import STATED

INSTRUMENT, PARTS, LEFT_OUT = "instrument", "parts", "not_applicable"
PART, REASON = "label", "reason"  # the only columns of the parts and of the reasons
LEADERS = (INSTRUMENT, PARTS)  # which rows the items have hangs on them
VERDICT = "_verdict"
SPARE_ROWS = 2
PLAIN_MARK = re.compile(r"[\w-]*")  # a mark that can stand in the name of a field
Rows = Mapping[str, Mapping[str, str]]


def unit_words(unit: str) -> str:
    """A unit as the reader's language writes it: symbols everywhere, money by its name."""
    return unit.replace("CNY", _("CNY"))


def listed(words: Iterable[str]) -> str:
    """Words one after the other, with the comma of the reader's language."""
    return pgettext("list", ", ").join(words)


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


def plain(value: Any) -> str:
    """A cell of a record as text; a value with its unit shows the value."""
    return str(value["value"]) if isinstance(value, Mapping) else str(value)


def _row_of(line: Line, lines: Sequence[Line], rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    if line.part or line.point:
        matches = (r for r in rows if r.get("part", "") == line.part and r.get("point", "") == line.point)
        return next(matches, {})
    at = lines.index(line)
    return rows[at] if at < len(rows) else {}


def sections_of(
    form: Mapping[str, Any], data: Mapping[str, Any], parts: Sequence[str], *, concludes: bool = True
) -> list[Section]:
    """The sections to be filled in, in the order of the rule. `parts` are the parts of this instrument so far.

    Where the kind of job does not conclude, each row takes its uncertainty instead of showing a verdict.
    """
    attributes = [_column(cell) for cell in form["attributes"]]
    found = [Section(INSTRUMENT, _("Particulars of the instrument"), [Line("0", label="")], attributes)]
    if form["part"]:
        found.append(_parts(titled(form["part"]), parts))
    given = given_particulars(form, data)
    asked = [item for item in form["items"] if _asked(item, given)]
    own = [item for item in asked if item["readings"] is None]
    found.extend(_section(item, form, data, parts, given, concludes=concludes) for item in own)
    if optional := [Line(item["id"], label=titled(item["title"])) for item in asked if item["optional"]]:
        found.append(Section(LEFT_OUT, _("Left out, with the reason"), optional, [_text(REASON, _("Reason"))]))
    return [section for section in found if section.columns]


def given_particulars(form: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, str]:
    """The particulars of the instrument as typed, and what the rule assumes where nothing is."""
    assumed = {cell["id"]: str(cell["default"]) for cell in form["attributes"] if cell["default"] is not None}
    return assumed | {key: plain(value) for key, value in (data.get(INSTRUMENT) or {}).items()}


def _asked(item: Mapping[str, Any], given: Mapping[str, str]) -> bool:
    """Whether an item is asked of this instrument; while its particulars are not typed yet, it is."""
    return all(given.get(name, allowed[0]) in allowed for name, allowed in item["when"].items())


def _parts(title: str, parts: Sequence[str]) -> Section:
    lines = [Line(str(at), part, label=str(at + 1)) for at, part in enumerate([*parts, ""])]
    heading = _("%(part)s: how many, and their marks") % {"part": title}
    return Section(PARTS, heading, lines, [_text(PART, title)], free=True)


def _text(key: str, title: str) -> GridColumn:
    return GridColumn(key, title, kind="text")


def _section(
    item: Mapping[str, Any],
    form: Mapping[str, Any],
    data: Mapping[str, Any],
    parts: Sequence[str],
    given: Mapping[str, str],
    *,
    concludes: bool,
) -> Section:
    runs = int(item["runs"] or 0)
    columns = [_column(cell) for cell in item["cells"]]
    for at in range(runs):
        columns += [_column(cell, f"#{at}", f" {at + 1}") for cell in item["run_cells"]]
    if any(cell["kind"] != "check" for cell in [*item["cells"], *item["run_cells"]]):
        verdict = GridColumn(VERDICT, _("Verdict"), given=True, stays=True)
        columns.append(verdict if concludes else _uncertainty(item))
    typed = (data.get("items") or {}).get(item["id"]) or []
    lines = list(_lines(item, parts, given, len(typed)))
    judges = {one["id"]: titled(one["title"]) for one in form["items"] if item["id"] in (one["id"], one["readings"])}
    return Section(item["id"], listed(judges.values()), lines, columns, runs, _free(item, lines), judges)


def _free(item: Mapping[str, Any], lines: Sequence[Line]) -> bool:
    """Whether rows may be added: no points are set, no part has a row of its own, and it is more than one question."""
    return not item["points"] and not any(line.part for line in lines) and len(lines) > 1


def _uncertainty(item: Mapping[str, Any]) -> GridColumn:
    return GridColumn(STATED, _("U (k = 2)"), "" if item["unit"] in (None, "1") else unit_words(item["unit"]))


def _lines(item: Mapping[str, Any], parts: Sequence[str], given: Mapping[str, str], typed: int) -> Iterator[Line]:
    points = [p for p in item["points"] if all(given.get(k) in v for k, v in p["when"].items())]
    for at, part in enumerate(parts if item["per_part"] and parts else [""]):
        key = part if PLAIN_MARK.fullmatch(part) else f"§{at}"
        for point in points:
            label = " ".join(filter(None, [part, titled(point["title"])]))
            yield Line(f"{key}-{point['id']}", part, point["id"], label, point["values"] | point["texts"])
        if not points and part:
            yield Line(key, part, label=part)
    if not points and not (item["per_part"] and parts):
        least = max(int(item["at_least"] or 1), typed)
        once = least == 1 and not item["include"] and all(cell["kind"] == "check" for cell in item["cells"])
        spare = 0 if once else SPARE_ROWS
        yield from (Line(str(at), label=str(at + 1)) for at in range(least + spare))


def _column(cell: Mapping[str, Any], suffix: str = "", numbered: str = "") -> GridColumn:
    unit = "" if cell["unit"] in (None, "1") else unit_words(cell["unit"])
    title = titled(cell["title"]) + numbered
    if cell["kind"] == "check":
        return GridColumn(cell["id"] + suffix, title, unit, "choice", choices=[("yes", _("yes")), ("no", _("no"))])
    if cell["kind"] == "choice":
        return GridColumn(cell["id"] + suffix, title, unit, "choice", choices=list(choice_words(cell).items()))
    return GridColumn(cell["id"] + suffix, title, unit)


def choice_words(cell: Mapping[str, Any]) -> dict[str, str]:
    """What the choices of a cell are called; a class is called what it is."""
    called = cell.get("words") or {}
    return {choice: titled(called[choice]) if choice in called else choice for choice in cell["choices"]}


def merged(data: Mapping[str, Any], section: Section, typed: Rows) -> dict[str, Any]:
    """The record's JSON with one section replaced by what was typed."""
    return placed(data, section.key, section.record(typed))


def placed(data: Mapping[str, Any], key: str, content: Any) -> dict[str, Any]:
    """The record's JSON with the particulars, the parts, the reasons, or the rows of one item, replaced."""
    if key == PARTS:
        return {**data, PARTS: content, "items": _renamed(data, content)}
    if key in (INSTRUMENT, LEFT_OUT):
        return {**data, key: content}
    items = {name: rows for name, rows in (data.get("items") or {}).items() if name != key}
    return {**data, "items": items | ({key: content} if content else {})}


def _renamed(data: Mapping[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    """The rows of the items when the parts get other marks: what was typed for a part stays with it."""
    before = data.get(PARTS) or []
    names = dict(zip(before, parts, strict=True)) if len(before) == len(parts) else {}
    return {
        key: [row | {"part": names.get(row["part"], row["part"])} if "part" in row else row for row in rows]
        for key, rows in (data.get("items") or {}).items()
    }


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
