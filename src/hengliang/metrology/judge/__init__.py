"""The judge: procedure and original record give a verdict per item, with limit and edition.

`judge` concludes, `preview` accompanies a form that is being filled in, `form_of` says what the form
must ask, `record_from_json` and `judgement_to_json` carry both across the wire.
"""

from hengliang.metrology.judge.engine import Preview, judge, preview
from hengliang.metrology.judge.errors import BadProcedure, BadRecord, CellProblem
from hengliang.metrology.judge.form import form_of
from hengliang.metrology.judge.model import (
    Amount,
    Bracket,
    Cell,
    Item,
    Limit,
    LimitRow,
    LimitTable,
    Point,
    Procedure,
    Rounding,
    Term,
    Wanted,
)
from hengliang.metrology.judge.record import ItemResult, Judgement, PointResult, Record, Row, Verdict
from hengliang.metrology.judge.rounding import round_to_step
from hengliang.metrology.judge.wire import judgement_to_json, problems_to_json, record_from_json

__all__ = [
    "Amount",
    "BadProcedure",
    "BadRecord",
    "Bracket",
    "Cell",
    "CellProblem",
    "Item",
    "ItemResult",
    "Judgement",
    "Limit",
    "LimitRow",
    "LimitTable",
    "Point",
    "PointResult",
    "Preview",
    "Procedure",
    "Record",
    "Rounding",
    "Row",
    "Term",
    "Verdict",
    "Wanted",
    "form_of",
    "judge",
    "judgement_to_json",
    "preview",
    "problems_to_json",
    "record_from_json",
    "round_to_step",
]
