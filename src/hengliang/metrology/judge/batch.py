"""Many records of one shape: what was judged once is not judged again, and the verdict is that of `judge`.

The records of a test bench differ in their readings only. Each row of an item is read and judged by the very code of
the judge, once for each set of readings that occurs; what is blank, no number or impossible goes to the judge whole.
Records come singly (`BatchJudge.judge`) or as columns (`BatchJudge.judge_columns`); both give the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.decide import item_verdict, overall
from hengliang.metrology.judge.engine import judge
from hengliang.metrology.judge.errors import BadProcedure, BadRecord, CellProblem
from hengliang.metrology.judge.known_rows import REFUSED, Figures, JudgedRow, KnownRows, Numbers
from hengliang.metrology.judge.model import Procedure
from hengliang.metrology.judge.plan import ItemPlan, plan_of
from hengliang.metrology.judge.record import Entry, PointResult, Record, Row, Verdict
from hengliang.metrology.judge.rows import RowJudge, read_row

# Sets of readings of one row that are kept; raw volumes hardly repeat, rounded errors nearly always do.
KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of an item: what is the same in each record, and the names of the cells that are read.

    `cells` are read once, `runs` in each run; readings come in that order.
    """

    item: str
    point: str | None = None
    fixed: Mapping[str, Entry] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ()

    def row(self, readings: Sequence[str]) -> Row:
        """The row that these readings make."""
        taken = iter(readings)
        cells = {**self.fixed, **{name: next(taken) for name in self.cells}}
        runs = [{name: next(taken) for name in names} for names in self.runs]
        return Row(cells, runs, self.point)


class JudgedColumns(NamedTuple):
    """Many records, judged.

    verdicts : one for each record; None where it was refused
    refused : why, by the place of the record
    errors, limits : for each slot the rounded values of its points and what they were held against, (n, k) arrays;
        NaN where a point has no number or no limit, and in records that were refused
    """

    verdicts: list[Verdict | None]
    refused: dict[int, BadRecord]
    errors: list[Figures]
    limits: list[Figures]


Readings = Sequence[tuple[str, ...]]
"""The readings of each slot, in the order of the slots."""


class BatchJudge:
    """Judges records of one procedure, regime and set of attributes, whose rows are those of `slots`."""

    def __init__(
        self,
        procedure: Procedure,
        regime: str,
        instrument: Mapping[str, Entry],
        slots: Sequence[Slot],
        not_applicable: Mapping[str, str] | None = None,
    ) -> None:
        self._procedure, self._regime, self._instrument = procedure, regime, instrument
        self._slots, self._left_out = tuple(slots), dict(not_applicable or {})
        self._places: dict[str, list[int]] = {}
        for place, slot in enumerate(self._slots):
            self._places.setdefault(slot.item, []).append(place)
        self._known = [KnownRows() for _ in self._slots]
        self._plans: list[ItemPlan] | None = None
        self._base: dict[str, Any] = {}
        self._structure: tuple[CellProblem, ...] = ()

    def record(self, readings: Readings) -> Record:
        """The record that these readings make, as `judge` takes it."""
        items: dict[str, list[Row]] = {}
        for slot, texts in zip(self._slots, readings, strict=True):
            items.setdefault(slot.item, []).append(slot.row(texts))
        return Record(self._regime, self._instrument, items, not_applicable=self._left_out)

    def judge(self, readings: Readings) -> tuple[Verdict, list[tuple[PointResult, ...]]]:
        """The verdict, and the judged points of each slot.

        Raises
        ------
        BadRecord : as `judge` would
        BadProcedure : as `judge` would
        """
        if self._plans is None:
            return self._first(readings)
        if self._structure:
            raise BadRecord(self._structure)
        which = [self._number(place, texts) for place, texts in enumerate(readings)]
        if REFUSED in which:
            self._refuse(readings)
        return self._concluded(which)

    def judge_columns(self, columns: Sequence[Sequence[tuple[str, ...]]], count: int) -> JudgedColumns:
        """Judge many records at once; each refused one is told of, the others are judged.

        columns : for each slot the readings of all records, in their order
        count : how many records there are

        Raises
        ------
        BadProcedure : as `judge` would
        """
        refused: dict[int, BadRecord] = {}
        for at in range(count):  # until the shape is known; mostly one
            if self._plans is not None:
                break
            self._try(at, [column[at] for column in columns], refused)
        if self._structure:
            whole = {at: refused.get(at) or BadRecord(self._structure) for at in range(count)}
            none = np.empty((count, 0))
            return JudgedColumns([None] * count, whole, [none] * len(columns), [none] * len(columns))
        self._forget()
        which = [self._numbers(place, column, refused) for place, column in enumerate(columns)]
        kept = np.ones(count, dtype=np.bool_)
        kept[list(refused)] = False
        for place in np.flatnonzero(kept & np.any([one == REFUSED for one in which], axis=0)) if which else ():
            self._try(int(place), [column[int(place)] for column in columns], refused)
        kept[list(refused)] = False
        verdicts = self._verdicts(which, kept)
        for one in which:
            one[~kept] = REFUSED
        figures = [known.figures(one) for known, one in zip(self._known, which, strict=True)]
        return JudgedColumns(verdicts, refused, [value for value, _ in figures], [limit for _, limit in figures])

    def _try(self, at: int, readings: Readings, refused: dict[int, BadRecord]) -> None:
        try:
            self.judge(readings)
        except BadRecord as bad:
            refused[at] = bad

    def _forget(self) -> None:
        """Begin anew where readings hardly repeat, so that a long file does not fill the memory."""
        self._known = [KnownRows() if len(known.judged) > KEPT else known for known in self._known]

    def _numbers(self, place: int, column: Sequence[tuple[str, ...]], refused: Mapping[int, BadRecord]) -> Numbers:
        numbers = list(map(self._known[place].numbers.get, column))
        if None in numbers:
            numbers = [
                number if number is not None else REFUSED if at in refused else self._number(place, column[at])
                for at, number in enumerate(numbers)
            ]
        return np.array(numbers, dtype=np.int64)

    def _verdicts(self, which: Sequence[Numbers], kept: npt.NDArray[np.bool_]) -> list[Verdict | None]:
        passes = kept.copy() if self._plans else np.zeros(len(kept), dtype=np.bool_)
        for known, one in zip(self._known, which, strict=True):
            if known.judged:
                passes &= known.passes(one)
        verdicts: list[Verdict | None] = ["pass" if one else None for one in passes.tolist()]
        for at in np.flatnonzero(kept & ~passes).tolist():
            verdicts[at] = self._concluded([int(one[at]) for one in which])[0]
        return verdicts

    def _concluded(self, which: Sequence[int]) -> tuple[Verdict, list[tuple[PointResult, ...]]]:
        judged = [known.judged[number] for known, number in zip(self._known, which, strict=True)]
        points = [one.points for one in judged]
        return "pass" if self._plans and all(one.passes for one in judged) else self._conclude(points), points

    def _refuse(self, readings: Readings) -> None:
        judge(self._procedure, self.record(readings))
        raise AssertionError("a row that can't be judged was judged")

    def _first(self, readings: Readings) -> tuple[Verdict, list[tuple[PointResult, ...]]]:
        """The first record goes through the judge: what is missing in its shape is missing in all."""
        plan = plan_of(self._procedure, self._regime)
        reader = Reader()
        reader.read(plan.attributes, self._instrument, base := {"regime": self._regime}, "instrument")
        self._base = base
        if reader.problems:  # told of each record alike, before its readings are looked at
            self._structure, self._plans = tuple(reader.problems), []
            raise BadRecord(self._structure)
        plans = {item.item.id: item for item in plan.items}
        try:
            judged = judge(self._procedure, self.record(readings))
        except BadRecord as bad:
            known = set(self._places) <= set(plans)
            if not known or all(self._fits(plans[s.item], s, t) for s, t in zip(self._slots, readings, strict=True)):
                self._structure, self._plans = bad.problems, []
            raise
        applying = {item.item for item in judged.items if item.verdict != "not_applicable"}
        if applying - set(self._places):
            others = ", ".join(sorted(applying - set(self._places)))
            reason = "records of a bench have no rows of this item, and it judges readings of others"
            raise BadProcedure(procedure=self._procedure.id, place=others, reason=reason)
        self._plans = [plans[name] for name in self._places if name in applying]
        return self.judge(readings)

    def _fits(self, plan: ItemPlan, slot: Slot, texts: tuple[str, ...]) -> bool:
        reader = Reader()
        read = read_row(reader, plan, self._base, slot.row(texts), "row")
        if read.whole:
            RowJudge(reader, plan, None, guarding=False).judge(read)
        return not reader.problems

    def _number(self, place: int, texts: tuple[str, ...]) -> int:
        """The number of a set of readings, judged if it is new; `REFUSED` where anything in it is refused."""
        known = self._known[place]
        number = known.numbers.get(texts)
        if number is None:
            found = self._look(place, texts)
            number = REFUSED if found is None else known.add(texts, found)
        return number

    def _look(self, place: int, texts: tuple[str, ...]) -> JudgedRow | None:
        """Read and judge one row of an item; None where anything in it is refused."""
        slot = self._slots[place]
        plan = next((one for one in self._plans or () if one.item.id == slot.item), None)
        if plan is None:  # an item that does not apply in this regime: nothing is judged of it
            return JudgedRow((), True)
        reader = Reader()
        index = self._places[slot.item].index(place)
        read = read_row(reader, plan, self._base, slot.row(texts), f"items.{slot.item}[{index}]")
        judging = RowJudge(reader, plan, None, guarding=False)
        if read.whole:
            judging.judge(read)
        if reader.problems:
            return None
        return JudgedRow(tuple(judging.points), all(point.verdict == "pass" for point in judging.points))

    def _conclude(self, points: Sequence[tuple[PointResult, ...]]) -> Verdict:
        verdicts = []
        for plan in self._plans or ():
            own = [point for place in self._places[plan.item.id] for point in points[place]]
            verdicts.append(item_verdict(own, plan.item.failures_allowed))
        return overall(verdicts)
