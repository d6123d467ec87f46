"""What the tests of single procedures share: judging one item of a record by the rule of a day."""

from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge import ItemResult, Procedure, Record, Row, preview
from hengliang.norms import norms, procedure_of


def procedure(norm: str, day: date = date(2026, 6, 1)) -> Procedure:
    """The shipped procedure in force on `day`."""
    return procedure_of(norms[norm].at(day))


def item_of(
    judged_by: Procedure, item: str, regime: str, instrument: dict[str, Any], *rows: dict[str, Any]
) -> ItemResult:
    """One item judged alone; everything else in the record is absent."""
    made = [
        Row(
            {k: v for k, v in row.items() if k not in ("runs", "point")},
            row.get("runs", ()),
            row.get("point"),
        )
        for row in rows
    ]
    previewed = preview(judged_by, Record(regime, instrument, {item: made}))
    return next(result for result in previewed.items if result.item == item)


def limits_of(result: ItemResult) -> list[tuple[Decimal | None, Decimal | None]]:
    """The limits that each point was judged by."""
    return [(point.low, point.high) for point in result.points]
