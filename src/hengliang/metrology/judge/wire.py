"""Records and judgements as JSON: numbers travel as text, so that no digit is lost on the way."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.errors import BadRecord, CellProblem
from hengliang.metrology.judge.record import ItemResult, Judgement, PointResult, Record, Row

RECORD_KEYS = frozenset(
    {
        "regime",
        "instrument",
        "items",
        "parts",
        "not_applicable",
        "uncertainty",
        "decision",
        "accepted_class",
        "procedure",
        "edition",
    }
)
ROW_KEYS = frozenset({"point", "part", "runs"})


def record_from_json(document: Any) -> Record:
    """The record that a JSON document holds; cells keep their text until the judge reads them.

    A row is `{"part", "point", "runs": [{cell: reading}], cell: reading, …}`.
    `procedure` and `edition` may stand in the document; they are for whoever chooses the procedure.

    Raises
    ------
    BadRecord : the document has not this shape; names the place
    """
    body = _mapping(document, "record")
    for key in body.keys() - RECORD_KEYS:
        raise _shape(str(key), "unknown_key", "a record has no such entry; remove it")
    items = {
        str(name): [_row(row, f"items.{name}[{index}]") for index, row in enumerate(_sequence(rows, f"items.{name}"))]
        for name, rows in _mapping(body.get("items", {}), "items").items()
    }
    decision = body.get("decision", "simple")
    if decision not in ("simple", "guarded"):
        raise _shape("decision", "not_a_choice", "choose simple or guarded")
    return Record(
        regime=str(body.get("regime", "")),
        instrument=_mapping(body.get("instrument", {}), "instrument"),
        items=items,
        parts=[str(part) for part in _sequence(body.get("parts", ()), "parts")],
        not_applicable={str(k): str(v) for k, v in _mapping(body.get("not_applicable", {}), "not_applicable").items()},
        uncertainty=_mapping(body.get("uncertainty", {}), "uncertainty"),
        decision=decision,
        accepted_class=_class(body.get("accepted_class")),
    )


def judgement_to_json(judgement: Judgement) -> dict[str, Any]:
    """The judgement as JSON values; every number is a decimal text."""
    return {
        "procedure": judgement.procedure,
        "edition": judgement.edition,
        "document": judgement.document,
        "content_hash": judgement.content_hash,
        "draft": judgement.draft,
        "regime": judgement.regime,
        "verdict": judgement.verdict,
        "accuracy_class": judgement.accuracy_class,
        "downgraded_from": judgement.downgraded_from,
        "proposed_class": judgement.proposed_class,
        "parts": dict(judgement.parts),
        "items": [item_to_json(item) for item in judgement.items],
    }


def item_to_json(item: ItemResult) -> dict[str, Any]:
    """One item as JSON values."""
    return {
        "item": item.item,
        "verdict": item.verdict,
        "reason": item.reason,
        "unit": item.unit,
        "table": item.table,
        "rounding": _number(item.rounding),
        "uncertainty": _number(item.uncertainty),
        "points": [_point(point) for point in item.points],
    }


def problems_to_json(problems: Sequence[CellProblem]) -> list[dict[str, Any]]:
    """The faulty cells as JSON values: code and parameters to translate, message in English."""
    return [
        {
            "cell": problem.cell,
            "code": problem.code,
            "params": {name: str(value) for name, value in problem.params.items()},
            "template": problem.template,
            "message": problem.message,
        }
        for problem in problems
    ]


def _point(point: PointResult) -> dict[str, Any]:
    return {
        "cell": point.cell,
        "part": point.part,
        "point": point.point,
        "value": _number(point.value),
        "rounded": _number(point.rounded),
        "low": _number(point.low),
        "high": _number(point.high),
        "verdict": point.verdict,
    }


def _class(given: Any) -> str | None:
    return None if given in (None, "") else str(given)


def _number(value: Decimal | bool | None) -> str | bool | None:
    if value is None or isinstance(value, bool):
        return value
    return f"{value:f}"


def _row(row: Any, path: str) -> Row:
    body = _mapping(row, path)
    runs = [_mapping(run, f"{path}.runs[{index}]") for index, run in enumerate(_sequence(body.get("runs", ()), path))]
    point, part = body.get("point"), body.get("part")
    return Row(
        cells={str(name): entry for name, entry in body.items() if name not in ROW_KEYS},
        runs=runs,
        point=None if point is None else str(point),
        part=None if part is None else str(part),
    )


def _mapping(value: Any, path: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise _shape(path, "not_a_mapping", "names with values are wanted here")


def _sequence(value: Any, path: str) -> Sequence[Any]:
    if isinstance(value, (list, tuple)):
        return value
    raise _shape(path, "not_a_list", "a list is wanted here")


def _shape(path: str, code: str, template: str) -> BadRecord:
    return BadRecord((CellProblem(path, code, {}, template),))
