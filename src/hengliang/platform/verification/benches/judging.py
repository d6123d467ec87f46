"""The rows of a bench's file as records: judged in batch, one judge for each set of attributes."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from hengliang.metrology.judge import PointResult, Procedure, Record
from hengliang.metrology.judge.batch import BatchJudge, Slot
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


Picker = Callable[[Sequence[str]], tuple[str, ...]]
Made = tuple[BatchJudge, list[int], list[Picker]]


def _picker(places: tuple[int, ...]) -> Picker:
    """Takes the readings of one row of the record from those of the file."""
    if len(places) == 1:
        return lambda readings: (readings[places[0]],)
    return itemgetter(*places)


class Judges:
    """The judges of a file: made when a new set of attributes, or of readings left out, turns up."""

    def __init__(self, profile: Profile, procedure: Procedure, regime: str) -> None:
        self.profile, self.procedure, self.regime = profile, procedure, regime
        self.shape = shape_of(profile)
        self._optional = frozenset(at for at, reading in enumerate(profile.readings) if not reading.column.required)
        self._made: dict[tuple[tuple[str, ...], frozenset[int]], Made] = {}

    def judge(
        self, attributes: tuple[str, ...], readings: Sequence[str]
    ) -> tuple[str, list[tuple[int, tuple[PointResult, ...]]]]:
        """The verdict, and the judged points by the place of their row.

        Raises BadRecord.
        """
        batch, rows, pickers = self._batch(attributes, readings)
        verdict, points = batch.judge([pick(readings) for pick in pickers])
        return verdict, list(zip(rows, points, strict=True))

    def record(self, attributes: tuple[str, ...], readings: Sequence[str]) -> Record:
        """The record of one row, as the single judge takes it."""
        batch, _rows, pickers = self._batch(attributes, readings)
        return batch.record([pick(readings) for pick in pickers])

    def _batch(self, attributes: tuple[str, ...], readings: Sequence[str]) -> Made:
        """The judge for these attributes and for the optional readings that are there, its rows, and their pickers."""
        empty = frozenset([at for at in self._optional if not readings[at]])
        made = self._made.get((attributes, empty))
        if made is None:
            made = self._made[attributes, empty] = self._make(attributes, empty)
        return made

    def _make(self, attributes: tuple[str, ...], empty: frozenset[int]) -> Made:
        named = zip(self.profile.attributes, attributes, strict=True)
        instrument = {column.key: value for column, value in named if value}
        taken = [row for row, places in enumerate(self.shape.places) if not empty.issuperset(places)]
        slots = [self._slot(self.shape.rows[row], instrument) for row in taken]
        left = {reading.item for row, reading in self._leading() if row not in taken}
        judge = BatchJudge(self.procedure, self.regime, instrument, slots, dict.fromkeys(sorted(left), LEFT_OUT))
        return judge, taken, [_picker(self.shape.places[row]) for row in taken]

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
