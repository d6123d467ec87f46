"""What becomes of what was measured: a judgement where the kind of job concludes, values where it does not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hengliang.metrology.judge import BadRecord, Preview, judge, judgement_to_json, preview, record_from_json
from hengliang.metrology.judge import Record as MeasuredRecord
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import BudgetVersion
from hengliang.platform.verification.decisions import DecisionRule, with_statements
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.jobs import JobKind
from hengliang.platform.verification.rules import Rule
from hengliang.platform.verification.stated import Stated, parted, stated_at

# What keeps a verification from being concluded, and a calibration of some points not.
_UNFINISHED = ("missing", "too_few_rows")


def previewed(rule: Rule, item: CatalogueItem, data: Mapping[str, Any]) -> tuple[MeasuredRecord, Preview]:
    """A record as far as it stands, as the judge takes it, and what the rule says of it for this item."""
    record = record_from_json(dict(parted(data)[0]))
    seen = preview(rule.procedure, record)
    return record, replace(seen, problems=(*rule.misfits(item, data), *seen.problems))


def require_fit(rule: Rule, item: CatalogueItem, data: Mapping[str, Any]) -> None:
    """Refuse a record whose particulars contradict the item of its instrument: the next date follows from the item.

    Errors: `DraftRefused` with every cell.
    """
    if found := rule.misfits(item, data):
        raise DraftRefused(tuple(found))


def judged(
    kind: JobKind, rule: Rule, data: dict[str, Any], stated: Stated, budget: BudgetVersion | None,
    decision: DecisionRule | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The judgement as JSON; without verdicts and limits where the kind gives values only, unless a decision rule was
    agreed: then each value has its limits and the statement by that rule.

    Errors: `DraftRefused` with every cell; `InputRefused` for a value without its uncertainty.
    """
    if kind.concludes:
        return _concluded(rule, data)
    found = _values(rule, data, stated, budget, decision, needs_u="calibration" in kind.documents)
    return found | ({"decision": decision.as_data()} if decision else {})


def _concluded(rule: Rule, data: dict[str, Any]) -> dict[str, Any]:
    try:
        return judgement_to_json(judge(rule.procedure, record_from_json(data)))
    except BadRecord as bad:
        raise DraftRefused(bad.problems) from bad


def _values(
    rule: Rule, data: dict[str, Any], stated: Stated, budget: BudgetVersion | None, decision: DecisionRule | None,
    *, needs_u: bool,
) -> dict[str, Any]:  # fmt: skip
    try:
        seen = preview(rule.procedure, record_from_json(data))
    except BadRecord as bad:
        raise DraftRefused(bad.problems) from bad
    if wrong := [problem for problem in seen.problems if not problem.code.startswith(_UNFINISHED)]:
        raise DraftRefused(wrong)
    items = [_plain(rule, item, data, stated, decision) for item in _as_json(seen.items)]
    items = [item for item in items if item["points"]]
    if not items:
        raise InputRefused("nothing_measured", "Nothing was measured yet; enter at least one value.")
    if needs_u and budget is None:
        _require_u(rule, items, stated)
    return _head(rule, data) | {"items": items}


def _as_json(items: Any) -> list[dict[str, Any]]:
    from hengliang.metrology.judge.wire import item_to_json

    return [item_to_json(item) for item in items]


def _plain(
    rule: Rule, item: dict[str, Any], data: Mapping[str, Any], stated: Stated, decision: DecisionRule | None
) -> dict[str, Any]:
    """An item with what was measured in rows of its own, and nothing of what the regulation would say."""
    own = item["item"] in (data.get("items") or {})
    measured = [p for p in item["points"] if _is_number(p["value"])] if own else []
    if decision is not None:
        points = with_statements(item | {"points": measured}, stated, decision, rule.titles()[item["item"]])
    else:
        points = [p | {"low": None, "high": None, "verdict": None} for p in measured]
    return item | {"verdict": None, "reason": None, "table": None, "points": points}


def _is_number(value: Any) -> bool:
    return value is not None and not isinstance(value, bool)


def _require_u(rule: Rule, items: list[dict[str, Any]], stated: Stated) -> None:
    for item in items:
        for at, point in enumerate(item["points"], start=1):
            if not stated_at(stated, point["cell"]):
                raise InputRefused(
                    "uncertainty_missing",
                    "A calibration states its uncertainty: enter U of value %(row)s of “%(item)s”, or choose a budget.",
                    row=at, item=rule.titles()[item["item"]],
                )  # fmt: skip


def _head(rule: Rule, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "procedure": rule.procedure_id, "edition": rule.edition, "document": rule.procedure.document,
        "content_hash": rule.content_hash, "draft": rule.only_training, "regime": data.get("regime"),
        "verdict": None, "accuracy_class": None, "downgraded_from": None, "parts": {},
    }  # fmt: skip
