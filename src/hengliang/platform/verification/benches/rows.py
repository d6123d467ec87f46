"""The rows of a file, one after the other: understood, judged, and made ready to be staged."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from hengliang.metrology.judge import BadRecord, CellProblem, PointResult
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports.cells import UNCLEAR, day_of, text_of
from hengliang.platform.verification.benches.files import BenchFile
from hengliang.platform.verification.benches.judging import Judges
from hengliang.platform.verification.benches.recognising import Fit

LONGEST = {"serial": 60, "label": 60, "maker": 200, "model": 100, "batch": 60}
SHARED = ("maker", "model", "batch", "made_on", "verified_on", "said")
VERDICTS = {"pass": "p", "fail": "f", "indeterminate": "i"}
SAID = {"合格": "p", "pass": "p", "passed": "p", "不合格": "f", "fail": "f", "failed": "f"}
# What a bench writes for minus and for nothing.
_MINUS = str.maketrans("－−–", "---")
_REMEMBERED = 100_000
_NOTHING = frozenset({"/", "-", "--", "—", "——", "无", "N/A", "n/a"})


Misfits = Callable[[Mapping[str, Any]], list[CellProblem]]
"""What contradicts, in the attributes of a meter, the item that the lot is of."""


class Fault(NamedTuple):
    """One thing that is wrong with a row."""

    number: int
    field: str
    code: str
    value: str
    hint: str = ""


@dataclass
class Shared:
    """What rows have in common, worked out once; and the errors of those rows, point by point."""

    key: int
    maker: str
    model: str
    batch: str
    made_on: date | None
    verified_on: date | None
    attributes: tuple[str, ...]
    said: str
    faults: list[tuple[str, str, str]]
    numbers: array[int] = field(default_factory=lambda: array("i"))
    verdicts: bytearray = field(default_factory=bytearray)
    errors: dict[int, tuple[array[int], array[float], array[float]]] = field(default_factory=dict)

    def attributes_json(self, names: Sequence[str]) -> str:
        """The attributes as JSON, in the order of the profile."""
        told = {name: value for name, value in zip(names, self.attributes, strict=True) if value}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


class Staged(NamedTuple):
    """A row that was judged."""

    number: int
    serial: str
    label: str
    shared: int
    verdict: str
    measured: str


class RowReader:
    """Reads the rows of a file by a fit; gathers what they share, their faults, and where the bench says otherwise."""

    def __init__(self, found: Fit, judges: Judges, today: date, misfits: Misfits) -> None:
        profile = found.profile
        self.profile, self.judges, self.today, self._misfits = profile, judges, today, misfits
        self.shared: dict[tuple[str, ...], Shared] = {}
        self.faults: list[Fault] = []
        self.contradicted = 0
        self.rows = 0
        none = 1 << 30
        at = {column.key: found.columns.get(column.key, none) for column in profile.columns}
        self._serial, self._label = at["serial"], at["label"]
        self._common = [(profile.column(key), at[key]) for key in SHARED]
        self._attributes = [(column, at[column.key]) for column in profile.attributes]
        self._readings = [at[reading.column.key] for reading in profile.readings]
        self._known = _Readings()
        self._serials: dict[tuple[str, str], int] = {}
        self._labels: dict[str, int] = {}

    def staged(self, file: BenchFile) -> Iterator[Staged]:
        """The rows that can be judged; the others are among the faults.

        Errors: `InputRefused` if the file breaks off in its last row.
        """
        width, last = len(file.headers), (0, 0)
        for number, row in file.rows:
            if not any(cell not in ("", None) for cell in row):
                continue
            self.rows += 1
            last = (number, len(row))
            if (ready := self._row(number, row)) is not None:
                yield ready
        if not file.closed and last[1] < width:
            raise InputRefused(
                "file_cut",
                "The file breaks off in row %(row)s: %(found)s of %(wanted)s columns, and no end of line. Copy it from "
                "the bench again.",
                field="file", row=last[0], found=last[1], wanted=width,
            )  # fmt: skip

    def _row(self, number: int, row: Sequence[Any]) -> Staged | None:
        width = len(row)
        serial = text_of(row[self._serial]) if self._serial < width else ""
        label = text_of(row[self._label]) if self._label < width else ""
        shared = self._shared_of(row, width)
        before = len(self.faults)
        self.faults += [Fault(number, *told) for told in shared.faults]
        self._identify(number, serial, label, shared.maker)
        known = self._known
        readings = [known[row[at]] if at < width else "" for at in self._readings]
        if len(self.faults) > before:
            return None
        try:
            verdict, points = self.judges.judge(shared.attributes, readings)
        except BadRecord as bad:
            self._refuse(number, bad, readings)
            return None
        code = VERDICTS[verdict]
        self._note(shared, number, code, points)
        return Staged(number, serial, label, shared.key, code, "\t".join(readings))

    def _shared_of(self, row: Sequence[Any], width: int) -> Shared:
        common = tuple([_shared_text(row[at]) if at < width else "" for _column, at in self._common])
        given = tuple([_shared_text(row[at]) if at < width else "" for _column, at in self._attributes])
        found = self.shared.get(common + given)
        if found is None:
            found = self.shared[common + given] = self._share(common, given)
        return found

    def _share(self, common: tuple[str, ...], given: tuple[str, ...]) -> Shared:
        maker, model, batch, made, verified, said = common
        faults: list[tuple[str, str, str]] = []
        made_on, verified_on = self._day("made_on", made, faults), self._day("verified_on", verified, faults)
        if not maker:
            faults.append(("maker", "missing", ""))
        if verified_on is None and not verified:
            faults.append(("verified_on", "missing", ""))
        if made_on and verified_on and made_on > verified_on:
            faults.append(("made_on", "made_after", made_on.isoformat()))
        for key, text in (("maker", maker), ("model", model), ("batch", batch)):
            if len(text) > LONGEST[key]:
                faults.append((key, "too_long", text[:40]))
        attributes = tuple(column.meant(text) for (column, _at), text in zip(self._attributes, given, strict=True))
        given_by_name = {column.key: value for (column, _at), value in zip(self._attributes, attributes, strict=True)}
        for problem in self._misfits({"instrument": given_by_name}):
            name = problem.cell.removeprefix("instrument.")
            faults.append((name, f"judge_{problem.code}", given_by_name.get(name, "")))
        return Shared(
            len(self.shared), maker, model, batch, made_on, verified_on, attributes, SAID.get(said.lower(), ""), faults
        )  # fmt: skip

    def _day(self, key: str, text: str, faults: list[tuple[str, str, str]]) -> date | None:
        told = day_of(float(text) if _is_serial_day(text) else text)
        if told.startswith(UNCLEAR):
            faults.append((key, "date_unclear", told[1:][:40]))
            return None
        if not told:
            return None
        day = date.fromisoformat(told)
        if day > self.today:
            faults.append((key, "day_ahead", told))
        return day

    def _identify(self, number: int, serial: str, label: str, maker: str) -> None:
        """Refuse a serial that is missing, too long or imprecise, and what stands in the file already."""
        for key, text in (("serial", serial), ("label", label)):
            if text.startswith(UNCLEAR):
                self.faults.append(Fault(number, key, "number_imprecise", text[1:40]))
            elif len(text) > LONGEST[key]:
                self.faults.append(Fault(number, key, "too_long", text[:40]))
        if not serial:
            self.faults.append(Fault(number, "serial", "missing", ""))
        elif (first := self._serials.setdefault((maker.lower(), serial), number)) != number:
            self.faults.append(Fault(number, "serial", "twice_in_file", serial[:40], str(first)))
        if label and (first := self._labels.setdefault(label, number)) != number:
            self.faults.append(Fault(number, "label", "label_twice_in_file", label[:40], str(first)))

    def _refuse(self, number: int, bad: BadRecord, readings: Sequence[str]) -> None:
        """What the judge refuses, on the column that holds it."""
        for problem in bad.problems:
            key, value = self._place_of(problem.cell, readings)
            self.faults.append(Fault(number, key, f"judge_{problem.code}", value[:40], problem.message[:200]))

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

    def _note(
        self, shared: Shared, number: int, verdict: str, points: Sequence[tuple[int, tuple[PointResult, ...]]]
    ) -> None:
        """Keep the errors for the statistics; count where the bench says otherwise."""
        shared.numbers.append(number)
        shared.verdicts.append(ord(verdict))
        if shared.said and shared.said != verdict:
            self.contradicted += 1
        for row, results in points:
            for point in results:
                limit = point.high if point.high is not None else point.low
                if limit is not None and not isinstance(point.value, bool):
                    kept = shared.errors.get(row)
                    if kept is None:
                        kept = shared.errors[row] = (array("i"), array("d"), array("d"))
                    kept[0].append(number)
                    kept[1].append(float(point.rounded))
                    kept[2].append(float(limit))


class _Readings(dict[Any, str]):
    """Cells as readings: without blanks at the ends, with the minus of numbers; each worked out once."""

    def __missing__(self, value: Any) -> str:
        text = value.strip() if value.__class__ is str and value.isprintable() else text_of(value)
        if not text.isascii():
            text = text.translate(_MINUS)
        text = "" if text in _NOTHING else text
        if len(self) < _REMEMBERED:
            self[value] = text
        return text


def _shared_text(value: Any) -> str:
    return _repeated(value) if value.__class__ is str else text_of(value)


@lru_cache(maxsize=20_000)
def _repeated(value: str) -> str:
    return text_of(value)


def _is_serial_day(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 5
