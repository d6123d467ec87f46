"""A mapping profile tried on a sample: the first rows as read and judged, with what is wrong at its cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from hengliang.platform.registry.imports.cells import UNCLEAR, text_of
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.folding import folded
from hengliang.platform.verification.benches.judging import Judges
from hengliang.platform.verification.benches.profile import Column, Profile, headers_of
from hengliang.platform.verification.benches.recognising import fit
from hengliang.platform.verification.benches.rows import RowReader, as_read
from hengliang.platform.verification.benches.samples import opened
from hengliang.platform.verification.benches.shares import DAYS, day_read
from hengliang.platform.verification.benches.told import LotFault
from hengliang.platform.verification.rules import Rule

ROWS = 20
WORDS = {"p": "passed", "f": "failed", "i": "undeterminable"}


@dataclass(frozen=True)
class TriedCell:
    """A cell: as it stands in the file, as it is read, and what is wrong with it."""

    written: str
    read: str
    faults: tuple[LotFault, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether something else is read than stands there."""
        return self.written != self.read


@dataclass(frozen=True)
class TriedRow:
    """A row of the sample: number, cells, the state that its verdict is shown as; what is wrong with no cell."""

    number: int
    cells: tuple[TriedCell, ...]
    state: str
    faults: tuple[LotFault, ...]

    @property
    def at_fault(self) -> list[str]:
        """The columns in which something is wrong, each once."""
        return list(dict.fromkeys(fault.column for cell in self.cells for fault in cell.faults))


@dataclass(frozen=True)
class Tried:
    """The columns of the profile that the file has, and the first rows."""

    columns: tuple[Column, ...]
    rows: tuple[TriedRow, ...]
    missing: tuple[str, ...]

    @property
    def wrong(self) -> int:
        """How many rows can't be judged."""
        return sum(1 for row in self.rows if not row.state)


def tried(sample: str, profile: Profile, item: CatalogueItem, rule: Rule, regime: str, today: date) -> Tried:
    """The first rows of a sample by a profile.

    Errors: `InputRefused` for a sample that can't be read in the layout of the profile.
    """
    file = opened(sample, profile.file, headers_of(profile))
    if profile.file.long:
        file = folded(file, profile.file.long, profile.columns)
    found = fit(profile, file.headers)
    file.rows, kept = _first(file.rows)
    file.closed = True  # a sample ends where it ends
    reader = RowReader(found, Judges(profile, rule.procedure, regime), today, partial(rule.misfits, item))
    verdicts: dict[int, str] = {}
    for block in reader.staged(file):
        verdicts |= dict(zip(block.numbers, block.verdicts, strict=True))
    titles = {column.key: column.header for column in profile.columns}
    faults: dict[int, list[LotFault]] = {}
    for one in reader.faults:
        if one.code == "missing" and one.field in found.missing:
            continue  # told once, of the column
        told = LotFault(one.number, one.field, one.code, one.value, one.hint, titles.get(one.field, ""), one.row)
        faults.setdefault(one.number, []).append(told)
    shown = tuple(column for column in profile.columns if column.key in found.columns)
    rows = tuple(
        _row(number, cells, shown, found.columns, verdicts.get(number, ""), faults.get(number, []))
        for number, cells in kept
    )
    return Tried(shown, rows, tuple(titles[key] for key in found.missing))


def _first(rows: Iterable[tuple[int, Sequence[Any]]]) -> tuple[Any, list[tuple[int, Sequence[Any]]]]:
    full = ((number, cells) for number, cells in rows if any(text_of(cell) for cell in cells))
    kept = list(islice(full, ROWS))
    return iter(kept), kept


def _row(
    number: int, cells: Sequence[Any], shown: Sequence[Column], places: Any, verdict: str, faults: list[LotFault]
) -> TriedRow:
    made, told = [], {column.key for column in shown}
    for column in shown:
        at = places[column.key]
        written = text_of(cells[at]) if at < len(cells) else ""
        own = tuple(fault for fault in faults if fault.field == column.key)
        made.append(TriedCell(written.removeprefix(UNCLEAR), _read(column, written).removeprefix(UNCLEAR), own))
    rest = tuple(fault for fault in faults if fault.field not in told)
    return TriedRow(number, tuple(made), WORDS.get(verdict, ""), rest)


def _read(column: Column, written: str) -> str:
    if column.key in DAYS:
        return day_read(column, written)
    return as_read(column, written)
