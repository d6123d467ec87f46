"""Reads one table into dense blocks: the heart of the import."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hengliang.readings.errors import SourceRefused
from hengliang.readings.grid import DAY, Block, month_begin, month_of
from hengliang.readings.intake.dense import Dense
from hengliang.readings.intake.files import Source
from hengliang.readings.intake.head import Head, as_text
from hengliang.readings.intake.headers import meaning, plain
from hengliang.readings.intake.keys import FileKeys, Ids, Keys, encode, encoded
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.refusals import MAX_KEPT, Refusals, Refused
from hengliang.readings.intake.sample import Grid, decimals_of, grid_of, joined
from hengliang.readings.intake.tables import Table
from hengliang.readings.intake.times import UNREADABLE, Clock, offset_of
from hengliang.readings.model import Bytes, Flag

Floats = NDArray[np.float64]
LARGEST = 2**53
Progress = Callable[[str, int], None]


@dataclass(slots=True)
class FileReport:
    """What became of one file."""

    file: str
    form: str
    rows: int = 0
    readings: int = 0
    empty: int = 0
    refused: int = 0
    interval: int = 0
    skewed: int = 0
    ignored: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """Everything that was read in one import, before it is put in order.

    offset : seconds east of Greenwich of the store's days
    together : per file, the keys that it has named
    """

    offset: int
    keys: Keys = field(default_factory=Keys)
    together: list[set[int]] = field(default_factory=list)
    blocks: dict[Block, Dense] = field(default_factory=dict)
    refusals: Refusals = field(default_factory=Refusals)
    files: list[FileReport] = field(default_factory=list)
    skewed: list[tuple[int, int, int]] = field(default_factory=list)
    passed_over: list[dict[str, str]] = field(default_factory=list)
    refused_files: list[dict[str, str]] = field(default_factory=list)

    def block(self, month: int, interval: int) -> Dense:
        """The dense array of a month."""
        return self.blocks.setdefault(Block(month, interval), Dense(Block(month, interval)))


class FileReader:
    """Reads one file of readings, in any of its forms."""

    def __init__(
        self,
        intake: Intake,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        head: Head,
        profile: Profile,
        progress: Progress,
    ) -> None:
        self._intake, self._source, self._head, self._profile, self._progress = intake, source, head, profile, progress
        self._table = Table(connection, source, head, profile)
        self._clock = Clock(intake.offset, profile.zone)
        sample = self._table.sample()
        self._decimals = decimals_of(sample, self._table, profile)
        if profile.form == "wide":
            self._grid = Grid(DAY // len(profile.slots), 0)
        else:
            self._grid = grid_of(self._table, sample, profile, self._clock, source.name)
        names = self._table.columns.keys if profile.form != "matrix" else ("meter",)
        self._keys = FileKeys(intake.keys, profile, source.stem, names, self._decimals)
        self._report = FileReport(source.name, profile.form, interval=self._grid.interval)
        # Refused rows are numbered when the lines that DuckDB rejected are known.
        self._pending: list[tuple[int, str, str, str, str]] = []
        self._begun = 0
        self._clean = self._table.is_text
        self._uncounted = 0
        self._touched: set[Block] = set()
        read = {*profile.columns.values(), *profile.slots}
        self._unread = [one for one in dict.fromkeys(head.headers) if one and one not in read]
        self._conflicts_before: int | None = None

    @property
    def readings(self) -> int:
        """How many were entered so far."""
        return self._report.readings

    def steps(self, pool: Executor) -> Iterator[Callable[[], None]]:
        """What is to be done to read all rows, in order; a piece is parsed by the pool from when its step is made.

        A step raises SourceRefused.
        """
        parser = self._table.parser()
        for piece in self._table.pieces() if self._clean else ():
            if not self._clean:
                break
            yield partial(self._take, pool.submit(parser.parse, piece))
        yield self._finish

    def _take(self, parsing: Future[pa.RecordBatch]) -> None:
        """Enter a piece, unless it or one before it was not clean."""
        try:
            batch = parsing.result()
        except pa.ArrowInvalid:
            self._clean = False
        else:
            if self._clean:
                self._handle(batch)

    def _finish(self) -> None:
        """Read what was not clean row by row, and close the report."""
        if not self._clean:
            for batch in self._table.checked(self._begun):
                self._handle(batch)
        self._refuse_ambiguous()
        self._number_refused()
        if not self._report.rows and not self._report.refused and self._table.promises_rows():
            raise SourceRefused(file=self._source.name, reason="none of its rows can be read; export it again as CSV")
        self._intake.files.append(self._report)
        self._intake.together.append(self._keys.used())

    def _refuse_ambiguous(self) -> None:
        """Registers whose rows disagree and differ in a column that is not read: which of them is meant can't be told.

        All of such a register is refused, also rows that stand alone: they may be of the other kind.
        """
        if self._profile.form == "matrix" or self._conflicts() == self._conflicts_before:
            return
        for column in self._unread:
            texts = set(self._table.disagreeing(column))
            if texts:
                self._forget({number for one in texts for number in self._keys.numbers_of(one)})
                rows = self._table.rows_of(column, texts)
                room = max(0, MAX_KEPT - len(self._pending))
                self._pending += [(at, column, value, "ambiguous", line) for at, value, line in rows[:room]]
                self._uncounted += len(rows[room:])
                return

    def _forget(self, numbers: set[int]) -> None:
        for block in self._touched:
            self._report.readings -= self._intake.blocks[block].forget(numbers)

    def _conflicts(self) -> int:
        return sum(dense.repeats.conflicting for dense in self._intake.blocks.values())

    def _handle(self, batch: pa.RecordBatch) -> None:
        if self._conflicts_before is None:
            self._conflicts_before = self._conflicts()
        {"long": self._long, "wide": self._wide, "matrix": self._matrix}[self._profile.form](batch)
        self._begun += batch.num_rows
        self._report.rows += batch.num_rows
        self._progress(self._source.name, batch.num_rows * max(1, len(self._profile.slots)))

    def _long(self, batch: pa.RecordBatch) -> None:
        seconds = self._seconds(batch)
        codes, texts = encode([batch.column(name) for name in self._table.columns.keys], batch.num_rows)
        flags = self._quality(batch)
        for name in self._table.columns.values:
            self._enter(batch, self._keys.ids(codes, texts, name), seconds, self._numbers(batch, name), flags)

    def _matrix(self, batch: pa.RecordBatch) -> None:
        seconds = self._seconds(batch)
        for place, meter in enumerate(self._profile.slots):
            ids = np.full(batch.num_rows, self._keys.of_meter(meter, "auto"))
            self._enter(batch, ids, seconds, self._numbers(batch, f"v{place}"), None)

    def _wide(self, batch: pa.RecordBatch) -> None:
        days = self._seconds(batch)
        codes, texts = encode([batch.column(name) for name in self._table.columns.keys], batch.num_rows)
        ids = self._keys.ids(codes, texts, "auto")
        good = self._told(batch, ids, days, "date")
        matrix = np.column_stack([self._numbers(batch, name) for name in self._table.columns.values])
        first = offset_of(f"+{self._profile.first_slot:0>5}") - self._back(ids)
        count = matrix.shape[1]
        seconds = (days[good, None] + first + np.arange(count) * self._grid.interval).reshape(-1)
        flags = self._quality(batch)
        spread = None if flags is None else np.repeat(flags[good], count)
        self._store(np.repeat(ids[good], count), seconds, matrix[good].reshape(-1), spread)

    def _enter(self, batch: pa.RecordBatch, ids: Ids, seconds: Ids, numbers: Floats, flags: Bytes | None) -> None:
        good = self._told(batch, ids, seconds, self._table.columns.times[0])
        if good.all():
            self._store(ids, seconds - self._back(ids), numbers, flags)
        else:
            kept = ids[good]
            self._store(kept, seconds[good] - self._back(kept), numbers[good], None if flags is None else flags[good])

    def _back(self, ids: Ids) -> int:
        """Seconds to step back where a time names the end of its interval."""
        return self._grid.interval if self._profile.label == "end" else 0

    def _store(self, ids: Ids, seconds: Ids, numbers: Floats, flags: Bytes | None) -> None:
        present = ~np.isnan(numbers)
        if not present.all():
            self._report.empty += int(len(present) - present.sum())
            ids, seconds, numbers = ids[present], seconds[present], numbers[present]
            flags = None if flags is None else flags[present]
        values = np.rint(numbers * 10.0**self._decimals)
        values = np.clip(values, -LARGEST, LARGEST).astype(np.int64)
        self._report.readings += len(values)
        slots, flags = self._slots(ids, seconds, flags)
        for month in self._months(seconds):
            dense = self._intake.block(month, self._grid.interval)
            self._touched.add(dense.block)
            local = slots - month_begin(month) // self._grid.interval
            inside = (local >= 0) & (local < dense.block.slots)
            if inside.all():
                dense.put(ids, local, values, flags)
            elif inside.any():
                dense.put(ids[inside], local[inside], values[inside], None if flags is None else flags[inside])

    def _months(self, seconds: Ids) -> range:
        if not len(seconds):
            return range(0)
        half = self._grid.interval
        return range(month_of(int(seconds.min()) - half), month_of(int(seconds.max()) + half) + 1)

    def _slots(self, ids: Ids, seconds: Ids, flags: Bytes | None) -> tuple[Ids, Bytes | None]:
        """Slots since 1970, the nearest to each time, and flags with SKEWED where it is off the raster."""
        grid = self._grid
        shifted = seconds - grid.phase
        slots = (shifted + grid.interval // 2) // grid.interval
        off = shifted - slots * grid.interval
        skewed = np.abs(off) > grid.tolerance
        if skewed.any():
            flags = np.zeros(len(ids), np.uint8) if flags is None else flags.copy()
            flags[skewed] |= np.uint8(Flag.SKEWED)
            self._report.skewed += int(skewed.sum())
            for at in np.flatnonzero(skewed)[: 20 - len(self._intake.skewed)]:
                self._intake.skewed.append((int(ids[at]), int(seconds[at]), int(off[at])))
        return slots, flags

    def _seconds(self, batch: pa.RecordBatch) -> Ids:
        columns = [batch.column(name) for name in self._table.columns.times]
        if len(columns) == 1:
            texts = encoded(columns[0])
            codes, known = texts.indices.to_numpy(), self._clock.read_all(texts.dictionary)
        else:
            codes, parts = encode(columns, batch.num_rows)
            known = self._clock.read_all(pa.array([joined(one) for one in parts], pa.string()))
        if self._profile.form == "wide":
            known = np.where(known == UNREADABLE, known, known // DAY * DAY)
        seconds: Ids = known[codes]
        return seconds

    def _numbers(self, batch: pa.RecordBatch, name: str) -> Floats:
        numbers: Floats = batch.column(name).to_numpy(zero_copy_only=False)
        beyond = np.abs(numbers) > LARGEST / 10.0**self._decimals
        if beyond.any():
            places = np.flatnonzero(beyond)
            self._report.empty -= len(places)  # refused, and counted there
            self._refuse(batch, places, lambda at: (name, str(numbers[at]), "range"))
            return np.where(beyond, np.nan, numbers)
        return numbers

    def _quality(self, batch: pa.RecordBatch) -> Bytes | None:
        if not self._table.columns.quality:
            return None
        codes, texts = encode([batch.column("quality")], batch.num_rows)
        known = meaning("quality")
        # A mark that we don't know is no ground to leave a reading out; the sender's manual decides by a profile.
        marks = [Flag.ESTIMATED if known.get(plain(one), "good") != "good" else 0 for (one,) in texts]
        return np.array(marks, np.uint8)[codes] if any(marks) else None

    def _told(self, batch: pa.RecordBatch, ids: Ids, seconds: Ids, time: str) -> NDArray[np.bool_]:
        """(n,) which rows are understood; the others are refused."""
        unread, unknown = seconds == UNREADABLE, ids < 0
        bad = unread | unknown
        if not bad.any():
            return np.asarray(~bad)

        def fault(at: int) -> tuple[str, str, str]:
            """Column, value and code of what is not understood in row `at`."""
            if unknown[at]:
                refusal = self._keys.refused[-1 - int(ids[at])]
                return (refusal.column, refusal.value, refusal.code)
            shown = joined(str(batch.column(name)[at].as_py() or "") for name in self._table.columns.times)
            return (time, shown, "time")

        self._refuse(batch, np.flatnonzero(bad), fault)
        return np.asarray(~bad)

    def _refuse(self, batch: pa.RecordBatch, places: Ids, fault: Callable[[int], tuple[str, str, str]]) -> None:
        """Keep rows of a batch as refused, each with its column, value and code."""
        room = MAX_KEPT - len(self._pending)
        self._uncounted += max(0, len(places) - room)
        for at in places[:room].tolist():
            cells = (column[at].as_py() for column in batch.columns)
            line = as_text([["" if cell is None else str(cell) for cell in cells]])
            self._pending.append((self._begun + at, *fault(at), line))

    def _number_refused(self) -> None:
        lines = self._table.refuse_malformed(self._intake.refusals)
        headers = {**self._profile.columns, **{f"v{at}": name for at, name in enumerate(self._profile.slots)}}
        before = 0
        for place, column, value, code, line in sorted(self._pending, key=lambda one: one[0]):
            row = place + self._head.skip + 1 + before
            while before < len(lines) and lines[before] <= row:
                before, row = before + 1, row + 1
            shown = headers.get(column, column)
            self._intake.refusals.add(Refused(self._source.name, row, shown, value, code, line))
        self._intake.refusals.add_uncounted(self._source.name, self._uncounted)
        self._report.refused = self._intake.refusals.of_file(self._source.name)
