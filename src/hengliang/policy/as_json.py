"""The extraction as one JSON document: the agreed shape, or with everything behind it."""

from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

from hengliang.policy.model import Clause, PolicyDocument, Remainder, Target


def as_json(document: PolicyDocument) -> dict[str, Any]:
    """The shape that `hengliang policy extract --json` prints; other programs rely on it."""
    return {
        "title": document.title,
        "region": document.region,
        "clauses": [_clause(clause) for clause in document.clauses],
        "targets": [_target(target) for target in document.targets],
        "milestones": [{"text": m.text, "deadline": m.deadline.isoformat()} for m in document.milestones],
        "unparsed": [_remainder(item) for item in document.unparsed],
    }


def as_full_json(document: PolicyDocument) -> dict[str, Any]:
    """All that was found, with issuer, date, places in the text, measures, refusals and repairs."""
    full: dict[str, Any] = _plain(document)
    return full


def _clause(clause: Clause) -> dict[str, Any]:
    units = [{"name": unit.name, "role": unit.role} for unit in clause.units]
    return {"id": clause.id, "heading": clause.heading, "text": clause.text, "units": units}


def _target(target: Target) -> dict[str, Any]:
    return {
        "text": target.text,
        "metric": target.metric,
        "comparator": target.comparator,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "mode": target.mode,
        "firmness": target.firmness,
        "clause": target.clause,
    }


def _remainder(item: Remainder) -> dict[str, Any]:
    return {"text": item.text, "reason": item.reason, "clause": item.clause}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(item) for name, item in asdict(value).items()}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
