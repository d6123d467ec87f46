"""Many records of one shape: what was judged once is not judged again, and the verdict is that of `judge`.

The records of a test bench differ in their readings only. Each row of an item is read and judged by the very code of
the judge, once for each set of readings that occurs; what is blank, no number or impossible goes to the judge whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.decide import item_verdict, overall
from hengliang.metrology.judge.engine import judge
from hengliang.metrology.judge.errors import BadProcedure, BadRecord, CellProblem
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


class _Judged(NamedTuple):
    """A row of an item as it was judged: its points, and whether all of them pass."""

    points: tuple[PointResult, ...]
    passes: bool


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
        self._known: list[dict[tuple[str, ...], _Judged]] = [{} for _ in self._slots]
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
        points: list[tuple[PointResult, ...]] = []
        passes = True
        for place, texts in enumerate(readings):
            found = self._known[place].get(texts) or self._look(place, texts)
            if found is None:
                judge(self._procedure, self.record(readings))
                raise AssertionError("a row that can't be judged was judged")
            points.append(found.points)
            passes = passes and found.passes
        return "pass" if passes and self._plans else self._conclude(points), points

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

    def _look(self, place: int, texts: tuple[str, ...]) -> _Judged | None:
        """Read and judge one row of an item; None where anything in it is refused."""
        slot = self._slots[place]
        plan = next((one for one in self._plans or () if one.item.id == slot.item), None)
        if plan is None:  # an item that does not apply in this regime: nothing is judged of it
            found = _Judged((), True)
        else:
            reader = Reader()
            index = self._places[slot.item].index(place)
            read = read_row(reader, plan, self._base, slot.row(texts), f"items.{slot.item}[{index}]")
            judging = RowJudge(reader, plan, None, guarding=False)
            if read.whole:
                judging.judge(read)
            if reader.problems:
                return None
            found = _Judged(tuple(judging.points), all(point.verdict == "pass" for point in judging.points))
        if len(self._known[place]) < KEPT:
            self._known[place][texts] = found
        return found

    def _conclude(self, points: Sequence[tuple[PointResult, ...]]) -> Verdict:
        verdicts = []
        for plan in self._plans or ():
            own = [point for place in self._places[plan.item.id] for point in points[place]]
            verdicts.append(item_verdict(own, plan.item.failures_allowed))
        return overall(verdicts)
