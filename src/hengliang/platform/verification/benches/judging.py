"""The rows of a bench's file as records: judged in batch, one judge for each set of attributes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from hengliang.metrology.judge import Procedure, Record
from hengliang.metrology.judge.batch import BatchJudge, JudgedColumns, Slot
from hengliang.platform.verification.benches.profile import Profile, Reading

LEFT_OUT = "装置未测"  # the reason that a record gives for an optional item without a reading
Places = tuple[tuple[int, ...], ...]


class Shape(NamedTuple):
    """The rows that a record has, and which of the file's readings each of them takes."""

    rows: tuple[tuple[Reading, ...], ...]
    places: Places


def shape_of(profile: Profile) -> Shape:
    """The rows of the record of a profile: readings of one item, point and load stand in one row."""
    rows: dict[tuple[object, ...], list[int]] = {}
    for at, reading in enumerate(profile.readings):
        rows.setdefault((reading.item, reading.point, tuple(reading.fixed.items())), []).append(at)
    ordered = [sorted(places, key=lambda at: (profile.readings[at].run, at)) for places in rows.values()]
    return Shape(tuple(tuple(profile.readings[at] for at in places) for places in ordered), tuple(map(tuple, ordered)))


def point_names(profile: Profile) -> list[str]:
    """The name of each row of the record, for statistics: its point, or its load; empty for a plain question."""
    return [_point_name(readings[0]) for readings in shape_of(profile).rows]


def _point_name(reading: Reading) -> str:
    load = " ".join(value.removeprefix("@") for value in reading.fixed.values())
    return " ".join(filter(None, [reading.item, reading.point or "", load]))


class Made(NamedTuple):
    """The judge for one set of attributes and of readings that are there, and the rows that it takes."""

    batch: BatchJudge
    rows: list[int]


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """Rows of a file that one judge judged.

    at : their places among the rows that were given
    judged : what came of them; its slots are those rows of the record whose places are `rows`
    """

    at: list[int]
    rows: list[int]
    judged: JudgedColumns


class Judges:
    """The judges of a file: made when a new set of attributes, or of readings left out, turns up."""

    def __init__(self, profile: Profile, procedure: Procedure, regime: str) -> None:
        self.profile, self.procedure, self.regime = profile, procedure, regime
        self.shape = shape_of(profile)
        self._optional = [at for at, reading in enumerate(profile.readings) if not reading.column.required]
        self._never = self._unread()
        self._made: dict[tuple[tuple[str, ...], frozenset[int]], Made] = {}

    def judge(self, attributes: Sequence[tuple[str, ...]], readings: Sequence[Sequence[str]]) -> Iterator[JudgedPart]:
        """Rows judged as sets, those with the same attributes and the same readings left out together.

        attributes : of each row; readings : a column for each reading of the profile
        """
        alike: dict[tuple[tuple[str, ...], tuple[bool, ...]], list[int]] = {}
        there = zip(*(map(bool, readings[at]) for at in self._optional), strict=True) if self._optional else repeat(())
        for at, key in enumerate(zip(attributes, there, strict=False)):
            alike.setdefault(key, []).append(at)
        for (given, filled), places in alike.items():
            empty = frozenset(at for at, full in zip(self._optional, filled, strict=True) if not full)
            made = self._batch(given, empty)
            own = [[column[at] for at in places] for column in readings]
            slots = [list(zip(*(own[at] for at in self.shape.places[row]), strict=True)) for row in made.rows]
            yield JudgedPart(places, made.rows, made.batch.judge_columns(slots, len(places)))

    def record(self, attributes: tuple[str, ...], readings: Sequence[str]) -> Record:
        """The record of one row, as the single judge takes it."""
        made = self._batch(attributes, frozenset(at for at in self._optional if not readings[at]))
        return made.batch.record([tuple(readings[at] for at in self.shape.places[row]) for row in made.rows])

    def _batch(self, attributes: tuple[str, ...], empty: frozenset[int]) -> Made:
        made = self._made.get((attributes, empty))
        if made is None:
            made = self._made[attributes, empty] = self._make(attributes, empty)
        return made

    def _make(self, attributes: tuple[str, ...], empty: frozenset[int]) -> Made:
        named = zip(self.profile.attributes, attributes, strict=True)
        instrument = {column.key: value for column, value in named if value}
        taken = [row for row, places in enumerate(self.shape.places) if not empty.issuperset(places)]
        slots = [self._slot(self.shape.rows[row], instrument) for row in taken]
        left = {reading.item for row, reading in self._leading() if row not in taken} | self._never
        judge = BatchJudge(self.procedure, self.regime, instrument, slots, dict.fromkeys(sorted(left), LEFT_OUT))
        return Made(judge, taken)

    def _unread(self) -> set[str]:
        """The items that may be left out and that the bench never writes."""
        read = {reading.item for reading in self.profile.readings}
        told = (item for item in self.procedure.items if item.optional and self.regime in item.regimes)
        return {item.id for item in told if item.id not in read and not item.when}

    def _leading(self) -> list[tuple[int, Reading]]:
        return [(at, readings[0]) for at, readings in enumerate(self.shape.rows)]

    @staticmethod
    def _slot(readings: Sequence[Reading], instrument: Mapping[str, str]) -> Slot:
        first = readings[0]
        runs: dict[int, list[str]] = {}
        for reading in readings:
            runs.setdefault(reading.run, []).append(reading.cell)
        fixed = {
            name: instrument.get(value[1:], "") if value.startswith("@") else value
            for name, value in first.fixed.items()
        }
        cells = tuple(runs.pop(0, ()))
        return Slot(first.item, first.point, fixed, cells, tuple(tuple(cells) for _run, cells in sorted(runs.items())))
