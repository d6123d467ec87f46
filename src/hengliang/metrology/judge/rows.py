"""Judging the rows of one item: read, compute, combine the runs, round, find the limit, decide."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.decide import guarded, suitable, verdict_at
from hengliang.metrology.judge.errors import BadProcedure
from hengliang.metrology.judge.formulas import COMBINATIONS
from hengliang.metrology.judge.limits import NoLimit
from hengliang.metrology.judge.plan import ItemPlan
from hengliang.metrology.judge.record import PointResult, Row, Verdict
from hengliang.metrology.judge.rounding import round_to_step


class ItemJudge:
    """Judges row after row of an item; keeps the points, the cells read, and the rounding step used."""

    __slots__ = ("decision", "expanded", "plan", "points", "read", "reader", "step")

    def __init__(self, reader: Reader, plan: ItemPlan, decision: str, expanded: Decimal | None) -> None:
        self.reader, self.plan, self.decision, self.expanded = reader, plan, decision, expanded
        self.points: list[PointResult] = []
        self.read: list[Mapping[str, Any]] = []
        self.step: Decimal | None = None

    def row(self, base: Mapping[str, Any], row: Row, path: str) -> None:
        """Judge one row; faults go to the reader, and nothing is judged of a faulty row."""
        reader, plan = self.reader, self.plan
        before = len(reader.problems)
        quantities = dict(base)
        if plan.points and row.point in plan.points:
            self._given(row.point, quantities)
        reader.read(plan.cells, row.cells, quantities, path)
        runs = self._runs(row, quantities, path) if plan.run_cells else (quantities,)
        self.read.append(quantities)
        if len(reader.problems) == before:
            self._judge(row, runs, path)

    def _given(self, point: str, quantities: dict[str, Any]) -> None:
        given = self.plan.points[point]
        quantities.update(given.point.texts)
        for name, evaluate in given.values:
            try:
                quantities[name] = evaluate(quantities)
            except (KeyError, ArithmeticError):  # an attribute is faulty and already named
                continue

    def _runs(self, row: Row, quantities: dict[str, Any], path: str) -> Sequence[Mapping[str, Any]]:
        wanted = self.plan.item.runs
        if len(row.runs) != wanted:
            template = "{count} runs are entered, the procedure wants {wanted}"
            self.reader.refuse(f"{path}.runs", "wrong_runs", template, count=len(row.runs), wanted=wanted)
        runs = []
        for number, cells in enumerate(row.runs):
            run = dict(quantities)
            self.reader.read(self.plan.run_cells, cells, run, f"{path}.runs[{number}]")
            runs.append(run)
        return runs

    def _judge(self, row: Row, runs: Sequence[Mapping[str, Any]], path: str) -> None:
        combine = COMBINATIONS[self.plan.item.combine]
        value = self.plan.value
        try:
            if combine is not None:
                self._point(row, path, combine([value(run) for run in runs]), runs[0])
            elif len(runs) == 1:
                self._point(row, path, value(runs[0]), runs[0])
            else:
                for number, run in enumerate(runs):
                    self._point(row, f"{path}.runs[{number}]", value(run), run)
        except ArithmeticError:  # division by zero; 0 ÷ 0
            template = "the error can't be computed: division by zero; check the reference"
            self.reader.refuse(path, "undefined", template)
        except NoLimit as none:
            template = "the regulation has no limit here: {reason}; check class and reading"
            self.reader.refuse(path, "no_limit", template, table=none.table, reason=none.reason)
        except KeyError as absent:
            self._absent(absent)

    def _absent(self, absent: KeyError) -> None:
        """A quantity whose cell is faulty is already named; otherwise the norm is wrong."""
        if not self.reader.problems:
            reason = f"nothing in the record is called {absent}"
            place = f"items.{self.plan.item.id}"
            raise BadProcedure(procedure="the procedure", place=place, reason=reason) from None

    def _point(self, row: Row, path: str, value: Any, quantities: Mapping[str, Any]) -> None:
        if value is True or value is False:
            passed: Verdict = "pass" if value else "fail"
            self.points.append(PointResult(path, row.part, row.point, value, value, None, None, passed))
            return
        plan = self.plan
        low, high = (None, None) if plan.limits is None else plan.limits(quantities)
        rounded = value
        if plan.step is not None:
            self.step = plan.step(quantities)
            rounded = round_to_step(value, self.step)
        if self.expanded is not None:
            verdict = self._careful(rounded, low, high, self.expanded)
        else:
            verdict = verdict_at(rounded, low, high)
        self.points.append(PointResult(path, row.part, row.point, value, rounded, low, high, verdict))

    def _careful(
        self, value: Decimal, low: Decimal | None, high: Decimal | None, expanded: Decimal
    ) -> Verdict:
        if self.decision == "simple" and suitable(expanded, low, high):
            return verdict_at(value, low, high)
        return guarded(value, low, high, expanded)
