"""Values as JSON: exact numbers as text, days in ISO form."""

from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.norms.model import Norm, Value


def value_to_json(value: Value) -> dict[str, Any]:
    """A dated value with content, source, status and approval as JSON values."""
    approval = value.approval
    return {
        **value.provenance(),
        "kind": value.kind,
        "title": dict(value.title),
        "unit": value.unit,
        "quote": value.source.quote,
        "via": value.source.via,
        "repealed": value.repealed,
        "may_issue": value.may_issue,
        "approval": None
        if approval is None
        else {
            "by": list(approval.by),
            "on": approval.on.isoformat(),
            "against": approval.against,
            "sha256": approval.sha256,
            "quote": approval.quote,
        },
        "note": value.note,
        "place": value.place,
        "content": plain(value.content),
    }


def norm_to_json(norm: Norm) -> dict[str, Any]:
    """A rule in one line: what it is, its editions and their status, as JSON values."""
    return {
        "id": norm.id,
        "kind": norm.kind,
        "title": dict(norm.title),
        "unit": norm.unit,
        "note": norm.note,
        "editions": [
            {
                "start": value.start.isoformat(),
                "document": value.source.document,
                "basis": value.source.basis,
                "status": value.status,
                "repealed": value.repealed,
                "layer": value.layer,
                "content_hash": value.content_hash,
            }
            for value in norm.values
        ],
    }


def plain(value: Any) -> Any:
    """Content as JSON values."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
