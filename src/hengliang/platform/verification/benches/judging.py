"""The rows of a bench's file as records: judged in batch, one judge for each set of attributes."""

from collections.abc import Mapping, Sequence
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


class Judges:
    """The judges of a file: made when a new set of attributes, or of readings left out, turns up."""

    def __init__(self, profile: Profile, procedure: Procedure, regime: str) -> None:
        self.profile, self.procedure, self.regime = profile, procedure, regime
        self.shape = shape_of(profile)
        self._optional = frozenset(at for at, reading in enumerate(profile.readings) if not reading.column.required)
        self._made: dict[tuple[tuple[str, ...], frozenset[int]], BatchJudge] = {}

    def judge(
        self, attributes: tuple[str, ...], readings: Sequence[str]
    ) -> tuple[str, list[tuple[int, tuple[PointResult, ...]]]]:
        """The verdict, and the judged points by the place of their row.

        Raises BadRecord.
        """
        empty = self._empty(readings)
        taken = [at for at, places in enumerate(self.shape.places) if not empty.issuperset(places)]
        batch = self._batch(attributes, empty, taken)
        texts = [tuple([readings[at] for at in self.shape.places[row]]) for row in taken]
        verdict, points = batch.judge(texts)
        return verdict, list(zip(taken, points, strict=True))

    def record(self, attributes: tuple[str, ...], readings: Sequence[str]) -> Record:
        """The record of one row, as the single judge takes it."""
        empty = self._empty(readings)
        taken = [at for at, places in enumerate(self.shape.places) if not empty.issuperset(places)]
        texts = [tuple([readings[at] for at in self.shape.places[row]]) for row in taken]
        return self._batch(attributes, empty, taken).record(texts)

    def _empty(self, readings: Sequence[str]) -> frozenset[int]:
        return frozenset([at for at in self._optional if not readings[at]])

    def _batch(self, attributes: tuple[str, ...], empty: frozenset[int], taken: list[int]) -> BatchJudge:
        made = self._made.get((attributes, empty))
        if made is None:
            instrument = {
                column.key: value for column, value in zip(self.profile.attributes, attributes, strict=True) if value
            }
            slots = [self._slot(self.shape.rows[row], instrument) for row in taken]
            left = {reading.item for row, reading in self._leading() if row not in taken}
            made = BatchJudge(self.procedure, self.regime, instrument, slots, dict.fromkeys(sorted(left), LEFT_OUT))
            self._made[attributes, empty] = made
        return made

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
