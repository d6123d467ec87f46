"""The rows of one item: read once, then judged: computed, combined over runs, rounded, compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.decide import guarded, suitable, verdict_at
from hengliang.metrology.judge.errors import BadProcedure
from hengliang.metrology.judge.limits import Limits, NoLimit
from hengliang.metrology.judge.plan import ItemPlan
from hengliang.metrology.judge.record import PointResult, Row, Verdict
from hengliang.metrology.judge.rounding import round_to_step

Quantities = Mapping[str, Any]
OPEN: Limits = (None, None)


@dataclass(slots=True)
class ReadRow:
    """A row as read: its quantities, those of each run, and whether nothing in it was refused."""

    row: Row
    path: str
    quantities: dict[str, Any]
    runs: Sequence[Quantities]
    whole: bool


def read_row(reader: Reader, plan: ItemPlan, base: Quantities, row: Row, path: str) -> ReadRow:
    """The row read; faults go to the reader."""
    before = len(reader.problems)
    quantities = dict(base)
    given = plan.points.get(row.point) if row.point is not None else None
    if given is not None:
        quantities.update(given.given)
        for name, evaluate in given.values:
            try:
                quantities[name] = evaluate(quantities)
            except (KeyError, ArithmeticError):  # an attribute is faulty and already named
                continue
    reader.read(plan.cells, row.cells, quantities, path)
    runs = _runs(reader, plan, row, quantities, path) if plan.run_cells else (quantities,)
    return ReadRow(row, path, quantities, runs, len(reader.problems) == before)


def _runs(reader: Reader, plan: ItemPlan, row: Row, quantities: Quantities, path: str) -> Sequence[Quantities]:
    wanted = plan.item.runs
    if len(row.runs) != wanted:
        template = "{count} runs are entered, the procedure wants {wanted}"
        reader.refuse(f"{path}.runs", "wrong_runs", template, count=len(row.runs), wanted=wanted)
    runs = []
    for number, cells in enumerate(row.runs):
        run = dict(quantities)
        reader.read(plan.run_cells, cells, run, f"{path}.runs[{number}]")
        runs.append(run)
    return runs


class RowJudge:
    """Judges the rows of an item; keeps the points and the rounding step used."""

    __slots__ = ("expanded", "guarding", "plan", "points", "reader", "step")

    def __init__(self, reader: Reader, plan: ItemPlan, expanded: Decimal | None, *, guarding: bool) -> None:
        self.reader, self.plan, self.expanded, self.guarding = reader, plan, expanded, guarding
        self.points: list[PointResult] = []
        self.step: Decimal | None = None

    def judge(self, read: ReadRow) -> None:
        """Judge one row; where no error or limit can be found, the row is refused."""
        plan, path, runs = self.plan, read.path, read.runs
        try:
            combine, value = plan.combine, plan.value
            if combine is not None:
                self._point(read.row, path, combine([value(run) for run in runs]), runs[0])
            elif len(runs) == 1:
                self._point(read.row, path, value(runs[0]), runs[0])
            else:
                for number, run in enumerate(runs):
                    self._point(read.row, f"{path}.runs[{number}]", value(run), run)
        except ArithmeticError:  # division by zero; 0 ÷ 0
            template = "the error can't be computed: division by zero; check the reference"
            self.reader.refuse(path, "undefined", template)
        except NoLimit as none:
            self._no_limit(path, none)
        except KeyError as absent:
            self._absent(absent)

    def _no_limit(self, path: str, none: NoLimit) -> None:
        if none.given is None:
            template = "{value} lies outside of all brackets of the limits; check class and reading"
            self.reader.refuse(path, "no_limit", template, table=none.table, value=none.value)
        else:
            given = ", ".join(f"{name} = {word}" for name, word in none.given.items())
            template = "the regulation has no limit for {given}; check class and reading"
            self.reader.refuse(path, "no_limit", template, table=none.table, given=given, names=dict(none.given))

    def _absent(self, absent: KeyError) -> None:
        """A quantity whose cell is faulty is already named; otherwise the norm is wrong."""
        if not self.reader.problems:
            reason = f"nothing in the record is called {absent}"
            place = f"items.{self.plan.item.id}"
            raise BadProcedure(procedure=self.plan.procedure, place=place, reason=reason) from None

    def _point(self, row: Row, path: str, value: Any, quantities: Quantities) -> None:
        verdict: Verdict
        if value is True or value is False:
            verdict = "pass" if value else "fail"
            self.points.append(PointResult(path, row.part, row.point, value, value, None, None, verdict))
            return
        plan = self.plan
        limits, step = plan.limits, plan.step
        low, high = OPEN if limits is None else limits(quantities)
        rounded = value
        if step is not None:
            self.step = step(quantities)
            rounded = round_to_step(value, self.step)
        expanded = self.expanded
        if expanded is None:  # as nearly all are: compared here, as `verdict_at` does, without the call
            verdict = "pass" if (low is None or low <= rounded) and (high is None or rounded <= high) else "fail"
        elif not self.guarding and suitable(expanded, low, high):
            verdict = verdict_at(rounded, low, high)
        else:
            verdict = guarded(rounded, low, high, expanded)
        self.points.append(PointResult(path, row.part, row.point, value, rounded, low, high, verdict))
