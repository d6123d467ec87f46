"""Judging the rows of one item: read, compute, combine the runs, round, find the limit, decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.amounts import amount
from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.decide import guarded, suitable, verdict_at
from hengliang.metrology.judge.errors import BadProcedure
from hengliang.metrology.judge.formulas import COMBINATIONS, FORMULAS
from hengliang.metrology.judge.limits import Limits, NoLimit, limit_of
from hengliang.metrology.judge.model import Item, Procedure
from hengliang.metrology.judge.record import PointResult, Row, Verdict
from hengliang.metrology.judge.rounding import round_to_step

UNLIMITED: Limits = (None, None)


@dataclass(slots=True)
class ItemJudge:
    """Judges row after row of `item`; keeps the points, the cells read, and the rounding step used."""

    reader: Reader
    procedure: Procedure
    item: Item
    regime: str
    base: Mapping[str, Any]
    decision: str
    expanded: Decimal | None
    points: list[PointResult] = field(default_factory=list)
    read: list[Mapping[str, Any]] = field(default_factory=list)
    step: Decimal | None = None

    def row(self, row: Row, index: int) -> None:
        """Judge one row; faults go to the reader, and nothing is judged of a faulty row."""
        item, reader = self.item, self.reader
        path = f"items.{item.readings or item.id}[{index}]"
        before = len(reader.problems)
        quantities = dict(self.base)
        self._given(row, quantities)
        reader.read(item.cells, row.cells, quantities, path)
        runs = self._runs(row, quantities, path)
        self.read.append(quantities)
        if len(reader.problems) == before:
            self._judge(row, runs, path)

    def _given(self, row: Row, quantities: dict[str, Any]) -> None:
        for point in self.item.points:
            if point.id == row.point:
                quantities.update(point.texts)
                for name, terms in point.values.items():
                    if all(used in quantities for term in terms for used in (*term.of, *term.over)):
                        quantities[name] = amount(terms, quantities)

    def _runs(self, row: Row, quantities: dict[str, Any], path: str) -> Sequence[Mapping[str, Any]]:
        item = self.item
        if not item.run_cells:
            return (quantities,)
        if len(row.runs) != item.runs:
            template = "{count} runs are entered, the procedure wants {wanted}"
            self.reader.refuse(f"{path}.runs", "wrong_runs", template, count=len(row.runs), wanted=item.runs)
        runs = []
        for number, cells in enumerate(row.runs):
            run = dict(quantities)
            self.reader.read(item.run_cells, cells, run, f"{path}.runs[{number}]")
            runs.append(run)
        return runs

    def _judge(self, row: Row, runs: Sequence[Mapping[str, Any]], path: str) -> None:
        combination = COMBINATIONS[self.item.combine]
        try:
            values = [self._value(run) for run in runs]
            if combination is not None:
                self._point(row, path, combination(values), runs[0])
                return
            for number, (value, run) in enumerate(zip(values, runs, strict=True)):
                self._point(row, path if len(runs) == 1 else f"{path}.runs[{number}]", value, run)
        except ArithmeticError:  # division by zero; 0 ÷ 0
            self._undefined(path)
        except NoLimit as none:
            template = "the regulation has no limit here: {reason}; check class and reading"
            self.reader.refuse(path, "no_limit", template, table=none.table, reason=none.reason)
        except KeyError as absent:
            if not self.reader.problems:
                reason = f"nothing in the record is called {absent}"
                place = f"items.{self.item.id}"
                raise BadProcedure(procedure=self.procedure.id, place=place, reason=reason) from None

    def _undefined(self, path: str) -> None:
        self.reader.refuse(
            path, "undefined", "the error can't be computed: division by zero; check the reference"
        )

    def _value(self, quantities: Mapping[str, Any]) -> Any:
        formula, names = FORMULAS[self.item.formula], self.item.arguments
        if not formula.defaults:
            return formula.function(*[quantities[names.get(name, name)] for name in formula.arguments])
        defaults = formula.defaults
        return formula.function(
            *[
                quantities[names.get(name, name)]
                if name not in defaults
                else quantities.get(name, defaults[name])
                for name in formula.arguments
            ]
        )

    def _point(self, row: Row, path: str, value: Any, quantities: Mapping[str, Any]) -> None:
        if isinstance(value, bool):
            verdict: Verdict = "pass" if value else "fail"
            self.points.append(PointResult(path, row.part, row.point, value, value, None, None, verdict))
            return
        item = self.item
        low, high = UNLIMITED
        if item.limit is not None:
            low, high = limit_of(item.limit, self.procedure.tables[item.limit.table], quantities, self.regime)
        rounded = self._rounded(value, quantities)
        verdict = self._verdict(rounded, low, high)
        self.points.append(PointResult(path, row.part, row.point, value, rounded, low, high, verdict))

    def _rounded(self, value: Decimal, quantities: Mapping[str, Any]) -> Decimal:
        rounding = self.item.rounding
        if rounding is None:
            return value
        key = "" if rounding.by is None else quantities[rounding.by]
        self.step = amount(rounding.steps[key], quantities)
        return round_to_step(value, self.step)

    def _verdict(self, value: Decimal, low: Decimal | None, high: Decimal | None) -> Verdict:
        if self.expanded is None:
            return verdict_at(value, low, high)
        if self.decision == "guarded":
            return guarded(value, low, high, self.expanded)
        return verdict_at(value, low, high) if suitable(self.expanded, low, high) else "indeterminate"
