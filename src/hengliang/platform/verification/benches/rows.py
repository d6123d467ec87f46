"""The rows of a file, block by block: understood, judged, and made ready to be staged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hengliang.metrology.judge import BadRecord, CellProblem
from hengliang.platform.registry.imports.cells import UNCLEAR, text_of
from hengliang.platform.verification.benches.blocks import Block, blocks_of, place
from hengliang.platform.verification.benches.files import BenchFile, Between
from hengliang.platform.verification.benches.judging import Judges
from hengliang.platform.verification.benches.profile import Column
from hengliang.platform.verification.benches.recognising import Fit
from hengliang.platform.verification.benches.shares import COMMON, LONGEST, Misfits, Shared, Shares
from hengliang.platform.verification.benches.tallies import Tallies

VERDICTS = {"pass": "p", "fail": "f", "indeterminate": "i"}
# What a bench writes for minus and for nothing.
_MINUS = str.maketrans("－−–", "---")
_REMEMBERED = 100_000
_NOTHING = frozenset({"/", "-", "--", "—", "——", "无", "N/A", "n/a"})


class Fault(NamedTuple):
    """One thing that is wrong with a row; `row` is where it stands, where a meter has several rows."""

    number: int
    field: str
    code: str
    value: str
    hint: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows that were judged, as columns; `measured` holds the readings of each, parted by tabs."""

    numbers: list[int]
    serials: list[str]
    labels: list[str]
    shared: list[int]
    verdicts: list[str]
    measured: list[str]


class RowReader:
    """Reads the rows of a file by a fit; gathers what they share, their faults, and where the bench says otherwise."""

    def __init__(self, found: Fit, judges: Judges, today: date, misfits: Misfits) -> None:
        self.profile, self.judges = found.profile, judges
        self.shares, self.tallies = Shares(found.profile, today, misfits), Tallies()
        self.faults: list[Fault] = []
        self.contradicted = 0
        self.rows = 0
        at = {column.key: place(found.columns, column.key) for column in self.profile.columns}
        self._serial, self._label = at["serial"], at["label"]
        self._common = [at[key] for key in COMMON] + [at[column.key] for column in self.profile.attributes]
        self._readings = [at[reading.column.key] for reading in self.profile.readings]
        self._last = max(at.values())
        plain = _Readings()  # shared by all columns to whose cells nothing is done
        columns = [reading.column for reading in self.profile.readings]
        self._known = [plain if column.as_written else _Readings(column) for column in columns]
        self._columns = dict(found.columns)
        self._between: Mapping[int, list[Between]] = {}
        self._serials: dict[tuple[str, str], int] = {}
        self._labels: dict[str, int] = {}

    def staged(self, file: BenchFile) -> Iterator[Staged]:
        """The rows that can be judged, block by block; the others are among the faults.

        Errors: `InputRefused` if the file breaks off in its last row.
        """
        self._between = file.between
        for block in blocks_of(file, self._last):
            self.rows += len(block.numbers)
            before = len(self.faults)
            yield self._block(block)
            found = sorted(self.faults[before:], key=lambda fault: fault.number)
            self.faults[before:] = [fault if fault.row else self._placed(fault, file) for fault in found]

    def _placed(self, fault: Fault, file: BenchFile) -> Fault:
        at = self._columns.get(fault.field)
        return fault if at is None else fault._replace(row=file.row_of(fault.number, at))

    def _block(self, block: Block) -> Staged:
        serials, labels = ([text_of(cell) for cell in block.column(at)] for at in (self._serial, self._label))
        shared = self.shares.of(block.rows(self._common))
        readings = [
            [known[cell] for cell in block.column(at)] for known, at in zip(self._known, self._readings, strict=True)
        ]
        good = self._in_order(block.numbers, serials, labels, shared)
        own = [shared[at] for at in good]
        verdicts = self._judged([block.numbers[at] for at in good], own, [[c[at] for at in good] for c in readings])
        kept = [(at, verdict) for at, verdict in zip(good, verdicts, strict=True) if verdict]
        self.contradicted += sum(1 for at, verdict in kept if shared[at].said and shared[at].said != verdict)
        measured = list(map("\t".join, zip(*readings, strict=True)))
        return Staged(
            [block.numbers[at] for at, _verdict in kept],
            [serials[at] for at, _verdict in kept],
            [labels[at] for at, _verdict in kept],
            [shared[at].key for at, _verdict in kept],
            [verdict for _at, verdict in kept],
            [measured[at] for at, _verdict in kept],
        )

    def _judged(self, numbers: Sequence[int], shared: Sequence[Shared], readings: list[list[str]]) -> list[str]:
        """The verdicts; empty where the judge refused. The errors go into the tallies."""
        verdicts = [""] * len(numbers)
        for part in self.judges.judge([one.attributes for one in shared], readings):
            for at, verdict in zip(part.at, part.judged.verdicts, strict=True):
                if verdict is not None:
                    verdicts[at] = VERDICTS[verdict]
            for at, bad in part.judged.refused.items():
                self._refuse(numbers[part.at[at]], bad, [column[part.at[at]] for column in readings])
            keys = [shared[at].key for at in part.at]
            self.tallies.add(part, [numbers[at] for at in part.at], keys, [verdicts[at] for at in part.at])
        return verdicts

    def _in_order(
        self, numbers: Sequence[int], serials: Sequence[str], labels: Sequence[str], shared: Sequence[Shared]
    ) -> list[int]:
        """The places of the rows that can be judged: what they share is in order, and they are told apart."""
        owners = [(one.maker_key, serial) for one, serial in zip(shared, serials, strict=True)]
        firsts = list(map(self._serials.setdefault, owners, numbers))
        named = list(map(self._labels.setdefault, labels, numbers))
        good = []
        for at, (number, serial, label, first, name, one) in enumerate(
            zip(numbers, serials, labels, firsts, named, shared, strict=True)
        ):
            before = len(self.faults)
            if one.faults:
                self.faults += [Fault(number, *told) for told in one.faults]
            if first != number or not serial or not _is_plain(serial):
                self._identify(number, "serial", serial, first)
            if label and (name != number or not _is_plain(label)):
                self._identify(number, "label", label, name)
            if number in self._between:
                self.faults += self._of_rows(number)
            if len(self.faults) == before:
                good.append(at)
        return good

    def _of_rows(self, number: int) -> Iterator[Fault]:
        """What the rows of a meter say against each other, in columns that are read."""
        keys = {at: key for key, at in self._columns.items()}
        for told in self._between[number]:
            if told.column in keys or told.column < 0:
                yield Fault(number, keys.get(told.column, ""), told.code, told.value, told.hint, told.row)

    def _identify(self, number: int, key: str, text: str, first: int) -> None:
        """Say what is wrong with a serial or label: missing, too long, imprecise, or in the file already."""
        if not text:
            self.faults.append(Fault(number, key, "missing", ""))
            return
        if text.startswith(UNCLEAR):
            self.faults.append(Fault(number, key, "number_imprecise", text[1:40]))
        elif len(text) > LONGEST[key]:
            self.faults.append(Fault(number, key, "too_long", text[:40]))
        if first != number:
            code = "twice_in_file" if key == "serial" else "label_twice_in_file"
            self.faults.append(Fault(number, key, code, text[:40], str(first)))

    def _refuse(self, number: int, bad: BadRecord, readings: Sequence[str]) -> None:
        """What the judge refuses, on the column that holds it."""
        for problem in bad.problems:
            key, value = self._place_of(problem.cell, readings)
            value = value or str(problem.params.get("text", ""))
            self.faults.append(Fault(number, key, f"judge_{problem.code}", value[:40], self._hint(key, problem)[:200]))

    def _hint(self, key: str, problem: CellProblem) -> str:
        """The words that a column takes, where it has such; else what the judge says."""
        words = next((column.words for column in self.profile.columns if column.key == key), {})
        return "、".join(words) if problem.code == "not_a_choice" and words else problem.message

    def _place_of(self, cell: str, readings: Sequence[str]) -> tuple[str, str]:
        """The column of a cell of the record, `items.error[2].runs[0].value` or `instrument.imax`; else the item."""
        if cell.startswith("instrument."):
            return cell.split(".")[1], ""
        item = cell.removeprefix("items.").split("[")[0].split(".")[0]
        own = [at for at, reading in enumerate(self.profile.readings) if reading.item == item]
        hits = [at for at in own if cell.endswith(f".{self.profile.readings[at].cell}") and self._is_at(at, cell)]
        at = (hits or [at for at in own if not readings[at]] or own or [-1])[0]
        if at < 0:
            return item, ""
        return self.profile.readings[at].column.key, readings[at]

    def _is_at(self, at: int, cell: str) -> bool:
        """Whether a reading is that of a cell: its row among those of its item, and its run."""
        reading, rows = self.profile.readings[at], self.judges.shape
        of_item = [places for readings, places in zip(*rows, strict=True) if readings[0].item == reading.item]
        row = next(number for number, places in enumerate(of_item) if at in places)
        run = f".runs[{reading.run - 1}]" if reading.run else ""
        return f"[{row}]{run}." in cell


def _is_plain(text: str) -> bool:
    return len(text) <= LONGEST["serial"] and text[0] != UNCLEAR


def as_read(column: Column, cell: str) -> str:
    """A cell as its column means it."""
    return _Readings(column)[cell]


class _Readings(dict[str, str]):
    """Cells as readings: without blanks at the ends, with the minus of numbers, as the column means them; each once."""

    def __init__(self, column: Column | None = None) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, value: str) -> str:
        text = value.strip() if value.isprintable() else text_of(value)
        if not text.isascii():
            text = text.translate(_MINUS)
        text = "" if text in _NOTHING else text
        if self._column is not None:
            text = self._column.meant(text)
        if len(self) < _REMEMBERED:
            self[value] = text
        return text
