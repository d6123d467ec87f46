"""Entries side by side: what each says, and where they differ."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hengliang.metrology.judge import Procedure
from hengliang.metrology.judge.model import Cell, Item
from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.words import titled
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.entry.words import unit_words
from hengliang.platform.verification.models import FieldEntry
from hengliang.platform.verification.rounds.words import unknown_words
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
    """Whatever two entries can differ in, in the words of the rule and in its order."""
    said = entry.content
    yield _("Verified on"), str(entry.verified_on)
    if said.get("unknown"):
        yield _("Instrument"), unknown_words(entry)
    if entry.label:
        yield _("Label"), entry.label
    if said.get("standards"):
        yield _("Measurement standards used"), listed(_standards(said["standards"]))
    data = said.get("data")
    if isinstance(data, Mapping):
        yield from _measured(data, _procedure(entry))


def _standards(keys: Sequence[Any]) -> list[str]:
    asked = [key for key in keys if isinstance(key, int)]
    return list(MeasurementStandard.objects.filter(pk__in=asked).order_by("name").values_list("name", flat=True))


def _measured(data: Mapping[str, Any], procedure: Procedure | None) -> Iterator[Line]:
    """Particulars, parts, every row of readings, and what was left out with its reason."""
    attributes = {cell.id: cell for cell in procedure.attributes} if procedure else {}
    items = {item.id: item for item in procedure.items} if procedure else {}
    for key, value in _ordered(data.get("instrument"), attributes):
        yield _titled(attributes.get(key), key), _told(attributes.get(key), value)
    if data.get("parts"):
        yield _("Parts"), " ".join(map(str, data["parts"]))
    for key, rows in _ordered(data.get("items"), items):
        item = items.get(key)
        title = titled(item.title) if item else key
        for at, row in enumerate(rows, start=1):
            yield f"{title} {at}" if len(rows) > 1 else title, _row(row, item)
    for key, reason in _ordered(data.get("not_applicable"), items):
        yield titled(items[key].title) if key in items else key, _("left out: %(why)s") % {"why": reason}


def _ordered(told: Any, known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """In the order of the rule; a file has its names in that of the alphabet."""
    found = dict(told) if isinstance(told, Mapping) else {}
    places = {key: at for at, key in enumerate(known)}
    return sorted(found.items(), key=lambda pair: places.get(pair[0], len(places)))


def _row(row: Mapping[str, Any], item: Item | None) -> str:
    points = {point.id: titled(point.title) for point in item.points} if item else {}
    head = [str(row["part"])] if row.get("part") else []
    head += [points.get(row["point"], str(row["point"]))] if row.get("point") else []
    cells = _cells(row, item.cells if item else ())
    for run in row.get("runs") or ():
        cells += _cells(run, item.run_cells if item else ())
    return _("; ").join([*head, *cells])


def _cells(row: Mapping[str, Any], known: Sequence[Cell]) -> list[str]:
    cells = {cell.id: cell for cell in known}
    told = {key: value for key, value in row.items() if key not in ("part", "point", "runs")}
    if len(cells) == 1 and len(told) == 1:  # its title is that of the item
        return [_told(cells.get(key), value) for key, value in told.items()]
    return [f"{_titled(cells.get(key), key)} {_told(cells.get(key), value)}" for key, value in _ordered(told, cells)]


def _titled(cell: Cell | None, key: str) -> str:
    return titled(cell.title) if cell else key


def _told(cell: Cell | None, value: Any) -> str:
    if cell is None:
        return str(value)
    if cell.kind == "check":
        return {"yes": _("yes"), "no": _("no")}.get(str(value), str(value))
    if value in cell.words:
        return titled(cell.words[value])
    return str(value) if cell.unit == "1" else f"{value} {unit_words(cell.unit)}"


def _procedure(entry: FieldEntry) -> Procedure | None:
    """The rule by which it would be recorded; none where that can't be told."""
    code = str((entry.content.get("unknown") or {}).get("item", ""))
    item = entry.line.instrument.item if entry.line else CatalogueItem.objects.filter(code=code).first()
    try:
        return rule_for(item, entry.verified_on).procedure if item else None
    except PlatformError:
        return None
