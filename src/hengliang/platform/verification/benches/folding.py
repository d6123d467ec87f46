"""A file with several rows for a meter, folded: one row a meter, one column for each point and what was read there.

What comes out is a file of the wide kind, so that all that follows (columns, units, judge, checks) is one for both.
Rows may stand in any order and between each other; they are taken block by block, each column as a whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, repeat

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.workbook import too_large
from hengliang.platform.verification.benches.blocks import not_collecting
from hengliang.platform.verification.benches.files import BenchFile, Between
from hengliang.platform.verification.benches.layouts import Long
from hengliang.platform.verification.benches.long_columns import LongColumns, cells_at
from hengliang.platform.verification.benches.points import alike, heading, point_name
from hengliang.platform.verification.benches.profile import Column
from hengliang.platform.verification.benches.shares import DAYS, SAID, day_read

_MOST_TOLD = 50  # contradictions of one meter
_NO_POINT = -1
_TELLING = 8  # blocks between two tellings of how far it is


def folded(
    file: BenchFile, long: Long, columns: Sequence[Column], *, compared: bool = True, told: Told = silent
) -> BenchFile:
    """The file with one row a meter, under the number of the first row of each.

    columns : those of the profile: what they are called, and, if `compared`, what all rows of a meter have to say alike
    Errors: `InputRefused` for columns that are not there, too many points or meters, a file that breaks off.
    """
    fold = Fold(file, long, columns, compared=compared)
    done = 0
    with not_collecting():
        for at, (numbers, rows) in enumerate(fold.rows()):
            fold.take(numbers, rows)
            done += len(numbers)
            if at % _TELLING == 0:
                told("gathering", done)
    return fold.file()


@dataclass
class _Folded(BenchFile):
    fold: Fold | None = None

    def row_of(self, number: int, column: int) -> int:
        """The row in which the reading of a meter stands; its first where it has none."""
        return self.fold.row_of(number, column) if self.fold else number


@dataclass
class _Point:
    """One point and run: in which row each meter has it (0: in none), and what was read, a list for each value."""

    texts: tuple[str, ...]
    run: str
    stood: array[int]
    cells: list[list[str]] = field(default_factory=list)


class Fold:
    """The rows of a file while they are gathered."""

    def __init__(self, file: BenchFile, long: Long, columns: Sequence[Column], *, compared: bool) -> None:
        self.long, self._file = long, file
        self._columns = LongColumns(file, long, columns)
        self._own, self._value = self._columns.own, self._columns.value
        self._names = {alike(name): name for column in columns for name in column.names}
        self._compared = self._columns.taken_for(columns) if compared else {}
        self._read = [at for at in self._own if not compared or at in self._compared]
        self._of_meter = cells_at(self._read)
        self._of_key, self._of_point = cells_at(self._columns.key), cells_at(self._columns.pointing)
        self._of_value = cells_at(self._value)
        self._said: list[tuple[str, ...]] = []
        self._meters: dict[tuple[str, ...], int] = {}
        self._texts: dict[tuple[str, ...], int] = {}
        self._above: tuple[str, ...] | None = None
        self.firsts = array("i")
        self._slots: dict[tuple[str, ...], int] = {}
        self._points: list[_Point] = []
        self._by_point: dict[tuple[str, ...], int] = {}
        self.between: dict[int, list[Between]] = {}
        self._twice: set[tuple[int, int]] = set()
        self._at_number: dict[int, int] = {}

    def rows(self) -> Iterator[tuple[list[int], list[Sequence[str]]]]:
        """The rows of the file, once, some at a time."""
        return self._columns.rows()

    def take(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        """Gather some rows."""
        before = len(self.firsts)
        meters = self.meters(numbers, rows)
        said = list(map(self._of_meter, rows))
        self._said += [said[first] for first in _firsts(meters, before, len(self.firsts))]
        if list(map(self._said.__getitem__, meters)) != said:
            self._gather(meters, said, numbers)
        points = list(map(self._of_point, rows))
        known = list(map(self._slots.get, points))
        slots = [self._slot(texts) if slot is None else slot for texts, slot in zip(points, known, strict=True)]
        self._place(meters, slots, list(map(self._of_value, rows)), numbers)

    def meters(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> list[int]:
        """Whose the rows are, by the places of the meters; a row that names none is a meter of its own."""
        keys = list(map(self._of_key, rows))
        if self.long.carried or self.long.head:
            keys = self._carried(keys)
        found = list(map(self._meters.get, keys))
        if None not in found:
            return found  # type: ignore[return-value]
        before = len(self.firsts)
        made, known = [], self._meters.get
        for key, number, one in zip(keys, numbers, found, strict=True):
            meter = known(key) if one is None else one  # its first row may stand in this block
            made.append(self._met(key, number) if meter is None else meter)
        self._lengthen(len(self.firsts) - before)
        return made

    def file(self) -> BenchFile:
        """What was gathered, as a file of one row a meter."""
        headers = [self._columns.headers[at] for at in self._own]
        read = dict(zip(self._read, zip(*self._said, strict=True), strict=False))
        nothing = ("",) * len(self._said)
        columns: list[Sequence[str]] = [read.get(at, nothing) for at in self._own]
        for one in self._points:
            name = point_name(one.texts)
            for value, cells in zip(self.long.value, one.cells, strict=True):
                made = heading(name, value[0], one.run)
                headers.append(self._names.get(alike(made), made))
                columns.append(cells)
        rows = zip(*columns, strict=True) if columns else repeat(())
        return _Folded(
            headers, zip(self.firsts, rows, strict=False), self._file.notices, self._file.closed,
            plain=True, between=self.between, fold=self,
        )  # fmt: skip

    def row_of(self, number: int, column: int) -> int:
        """The row in which a reading stands, by the number of its meter and the place of its column."""
        at = column - len(self._own)
        if at < 0:
            return number
        if not self._at_number:
            self._at_number = {first: meter for meter, first in enumerate(self.firsts)}
        return self._points[at // len(self._value)].stood[self._at_number[number]] or number

    # ---- whose a row is

    def _met(self, key: tuple[str, ...], number: int) -> int:
        texts = tuple(map(text_of, key))
        meter = self._texts.get(texts)
        if meter is None:
            meter = len(self.firsts)
            if meter >= limits.MAX_ROWS:
                raise too_large()
            self.firsts.append(number)
            if not any(texts):
                return meter  # nobody's: told of this row, and no other row is its
            self._texts[texts] = meter
        self._meters[key] = meter
        return meter

    def _carried(self, keys: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        for at, key in enumerate(keys):
            if any(map(str.strip, key)):
                self._above = key
            elif self._above is not None:
                keys[at] = self._above
        return keys

    def _lengthen(self, more: int) -> None:
        for point in self._points:
            point.stood.extend(repeat(0, more))
            for cells in point.cells:
                cells.extend(repeat("", more))

    # ---- what all rows of a meter say

    def _gather(self, meters: Sequence[int], said: Sequence[tuple[str, ...]], numbers: Sequence[int]) -> None:
        """What a row says otherwise than earlier rows of its meter: more, or something else."""
        for meter, cells, number in zip(meters, said, numbers, strict=True):
            if cells == self._said[meter]:
                continue
            known = list(self._said[meter])
            for place, (had, cell) in enumerate(zip(known, cells, strict=True)):
                if cell and cell != had:
                    known[place] = self._settled(self._read[place], meter, had, cell, number) if had else cell
            self._said[meter] = tuple(known)

    def _settled(self, at: int, meter: int, had: str, cell: str, number: int) -> str:
        """Which of two cells holds; another spelling says nothing, a contradiction is told, once for each column."""
        column = self._compared.get(at)
        if column is None:
            return had
        meant, before = _meant(column, cell), _meant(column, had)
        if meant == before or not meant:
            return had
        if not before:
            return cell
        if column.key == "said":  # of one point each: one that failed is a meter that failed
            return cell if SAID.get(meant.lower()) == "f" else had
        if (at, meter) not in self._twice:
            self._twice.add((at, meter))
            self._tell(meter, Between(self._own.index(at), "rows_differ", meant[:40], before[:40], number))
        return had

    def _tell(self, meter: int, told: Between) -> None:
        found = self.between.setdefault(self.firsts[meter], [])
        if len(found) < _MOST_TOLD:
            found.append(told)

    # ---- what was read, and where

    def _slot(self, texts: tuple[str, ...]) -> int:
        """The place of a point and run; `_NO_POINT` where no cell says which."""
        told = tuple(map(text_of, texts))
        named, run = (told[:-1], told[-1]) if self.long.run else (told, "1" if self.long.repeated else "")
        slot = self._point(named, run) if any(named) else _NO_POINT
        self._slots[texts] = slot
        return slot

    def _point(self, named: tuple[str, ...], run: str) -> int:
        key = (*map(alike, named), alike(run))
        if key not in self._by_point:
            if len(self._own) + (len(self._points) + 1) * len(self._value) > limits.MAX_COLUMNS:
                raise InputRefused(
                    "long_points_many",
                    "The columns that say the load point hold more than %(most)s different ones, say “%(one)s” and "
                    "“%(other)s”. Choose the columns that name the point, and not a reading or a time.",
                    field="file", most=len(self._points), one=point_name(self._points[0].texts) if self._points else "",
                    other=point_name(named),
                )  # fmt: skip
            width = len(self.firsts)
            cells = [[""] * width for _value in self._value]
            self._points.append(_Point(named, run, array("i", bytes(4 * width)), cells))
            self._by_point[key] = len(self._points) - 1
        return self._by_point[key]

    def _place(
        self, meters: Sequence[int], slots: Sequence[int], values: Sequence[tuple[str, ...]], numbers: Sequence[int]
    ) -> None:
        """Each reading to its point and meter."""
        points = self._points
        for meter, slot, cells, number in zip(meters, slots, values, numbers, strict=True):
            if not any(cells):
                continue
            if slot == _NO_POINT:
                told = next(filter(None, cells))
                self._tell(meter, Between(_NO_POINT, "no_point", text_of(told)[:40], "", number))
                continue
            point = points[slot]
            if point.stood[meter]:
                if not self.long.repeated:
                    self._stands(slot, meter, number, list(map(text_of, cells)))
                    continue
                point = self._next_run(point, meter)
            point.stood[meter] = number
            for column, cell in zip(point.cells, cells, strict=True):
                column[meter] = cell

    def _stands(self, slot: int, meter: int, number: int, cells: Sequence[str]) -> None:
        """Tell that what was read at a point stands in an earlier row already."""
        before = str(self._points[slot].stood[meter])
        first = len(self._own) + slot * len(self._value)
        for column, cell in enumerate(cells, first):
            if cell:
                self._tell(meter, Between(column, "point_twice", cell[:40], before, number))

    def _next_run(self, point: _Point, meter: int) -> _Point:
        for run in count(int(point.run) + 1):
            point = self._points[self._point(point.texts, str(run))]
            if not point.stood[meter]:
                break
        return point


def _firsts(meters: Sequence[int], first: int, last: int) -> list[int]:
    """The places of the first rows of the meters from one on to another: they are numbered as they occur."""
    found, wanted = [], first
    for place, meter in enumerate(meters):
        if meter == wanted < last:
            found.append(place)
            wanted += 1
    return found


def _meant(column: Column, cell: str) -> str:
    text = text_of(cell)
    return day_read(column, text) if column.key in DAYS else column.meant(text)
