"""Entries side by side: what each says, and where they differ."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.words import titled
from hengliang.platform.verification.models import FieldEntry
from hengliang.platform.verification.rules import rule_for

Line = tuple[str, str]
MOST = 40


@dataclass(frozen=True)
class Side:
    """One entry: its state, the lines that the others do not have, and how many they have in the same words."""

    entry: FieldEntry
    state: str
    lines: Sequence[Line]
    same: int


def sides_of(entries: Sequence[FieldEntry]) -> list[Side]:
    """The entries beside one another; where there is one only, all that it says."""
    said = [list(_lines(entry)) for entry in entries]
    shared = Counter(line for lines in said for line in set(lines))
    alone = len(entries) == 1
    return [
        Side(
            entry,
            f"round_line.{_state(entry)}",
            [line for line in lines if alone or shared[line] < len(entries)][:MOST],
            0 if alone else sum(shared[line] == len(entries) for line in lines),
        )
        for entry, lines in zip(entries, said, strict=True)
    ]


def _state(entry: FieldEntry) -> str:
    if entry.record is not None:
        return "passed" if entry.record.passed else "failed"
    return entry.kind


def _lines(entry: FieldEntry) -> Iterator[Line]:
    """The label, the particulars, and every row of readings, in the words of the rule."""
    if entry.label:
        yield _("Label"), entry.label
    data = entry.content.get("data")
    if not isinstance(data, Mapping):
        return
    titles = _titles(entry)
    for part in ("instrument", "items"):
        told = data.get(part)
        if not isinstance(told, Mapping):
            continue
        for key, rows in told.items():
            for at, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
                number = f" {at}" if isinstance(rows, list) and len(rows) > 1 else ""
                yield f"{titles.get(key, key)}{number}", _plain(row, titles)


def _plain(row: Any, titles: Mapping[str, str]) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    cells = [f"{titles.get(f'cell {key}', key)} {value}" for key, value in row.items() if key != "runs"]
    runs = [_plain(run, titles) for run in row.get("runs") or ()]
    return _("; ").join([*cells, *runs])


def _titles(entry: FieldEntry) -> dict[str, str]:
    """What the rule calls its particulars, items and cells; nothing where no rule can be told."""
    if entry.line is None:
        return {}
    try:
        procedure = rule_for(entry.line.instrument.item, entry.verified_on).procedure
    except PlatformError:
        return {}
    found = {cell.id: titled(cell.title) for cell in procedure.attributes}
    for item in procedure.items:
        found[item.id] = titled(item.title)
        found |= {f"cell {cell.id}": titled(cell.title) for cell in (*item.cells, *item.run_cells)}
    return found
