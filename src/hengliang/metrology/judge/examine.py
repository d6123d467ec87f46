"""One record examined item by item: what applies, what was read, what it comes to."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.amounts import meets
from hengliang.metrology.judge.cells import LONGEST_NUMBER, Reader, decimal_of
from hengliang.metrology.judge.coverage import cover, include
from hengliang.metrology.judge.decide import item_verdict
from hengliang.metrology.judge.model import Item
from hengliang.metrology.judge.plan import ItemPlan
from hengliang.metrology.judge.record import ItemResult, Record, Row, Verdict
from hengliang.metrology.judge.rows import ReadRow, RowJudge, read_row

WHOLE: tuple[str | None, ...] = (None,)
Read = tuple[list[ReadRow], bool]


class Examination:
    """Examines the items of a record. Rows that several items judge are read once."""

    def __init__(self, reader: Reader, record: Record, base: Mapping[str, Any]) -> None:
        self.reader, self.record, self.base = reader, record, base
        self.read: dict[str, Read] = {}

    def item(self, plan: ItemPlan) -> ItemResult:
        """The result of one item; an item that does not apply gives the reason."""
        item, reader = plan.item, self.reader
        if not plan.always:
            excused = self._excuse(item)
            if excused is not None:
                return ItemResult(item.id, "not_applicable", reason=excused)
        rows = self.record.items.get(plan.source)
        if plan.single and rows is not None and len(rows) == 1:
            answered = _answered(plan, rows[0])
            if answered is not None:
                return answered
        if rows is None:
            template = "the procedure wants this item; enter its rows"
            reader.refuse(f"items.{plan.source}", "missing_item", template)
            return ItemResult(item.id, "indeterminate", reason="incomplete")
        read, complete = self._read(plan, rows)
        guarding = self.record.decision == "guarded"
        judging = RowJudge(reader, plan, self._expanded(item), guarding=guarding)
        before = len(reader.problems)
        for each in read:
            if each.whole:
                judging.judge(each)
        return _result(plan, judging, complete=complete and len(reader.problems) == before)

    def _excuse(self, item: Item) -> str | None:
        record = self.record
        if record.regime not in item.regimes:
            return "regime"
        if item.when and not meets(item.when, self.base):
            return "conditions"
        if item.optional and item.id in record.not_applicable:
            return record.not_applicable[item.id]
        return None

    def _read(self, plan: ItemPlan, rows: Sequence[Row]) -> Read:
        known = self.read.get(plan.source) if plan.shares else None
        if known is not None:
            return known
        item, reader, base = plan.item, self.reader, self.base
        before = len(reader.problems)
        cover(reader, item, rows, self.record.parts if item.per_part else WHOLE, base)
        where = f"items.{plan.source}"
        read = [read_row(reader, plan, base, row, f"{where}[{index}]") for index, row in enumerate(rows)]
        if item.include:
            include(reader, item, [each.quantities for each in read], base)
        known = self.read[plan.source] = (read, len(reader.problems) == before)
        return known

    def _expanded(self, item: Item) -> Decimal | None:
        record = self.record
        entry = record.uncertainty.get(item.id) if record.uncertainty else None
        if entry is None:
            if record.decision == "guarded" and item.limit is not None:
                template = "a guarded decision needs the expanded uncertainty of this item"
                self.reader.refuse(f"uncertainty.{item.id}", "missing", template)
            return None
        expanded = decimal_of(entry)
        if expanded is None or expanded < 0:
            template = "{text!r} is no expanded uncertainty; enter a number that is not negative"
            text = str(entry)[:LONGEST_NUMBER]
            self.reader.refuse(f"uncertainty.{item.id}", "not_a_number", template, text=text)
            return None
        return expanded


def _answered(plan: ItemPlan, row: Row) -> ItemResult | None:
    """The result of a plain yes or no, as most items of most records are; None if it is anything else."""
    cells = row.cells
    if len(cells) != 1 or row.runs or row.part is not None or row.point is not None:
        return None
    answer = cells.get("value")
    return plan.answers.get(answer) if answer.__class__ is str else None


def _result(plan: ItemPlan, judging: RowJudge, *, complete: bool) -> ItemResult:
    item = plan.item
    verdict: Verdict = item_verdict(judging.points, item.failures_allowed)
    reason = None
    if not complete:
        verdict, reason = "fail" if verdict == "fail" else "indeterminate", "incomplete"
    elif verdict == "indeterminate":
        reason = "guard_band" if judging.guarding else "uncertainty_too_large"
    table = item.limit.table if item.limit else None
    points = tuple(judging.points)
    return ItemResult(item.id, verdict, points, item.unit, table, judging.step, reason, judging.expanded)
