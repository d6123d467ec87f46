"""A fingerprint of a rule's content: the same words and figures, the same hash, whatever the layout."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

Identity = tuple[str, str, str | None]


def content_hash(identity: Identity, start: date, content: Mapping[str, Any], source: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over id, kind and unit, start, content and source.

    Status and notes stay out, so that checking and approving a value leave its hash as it was. Numbers count
    as written: 0.30 and 0.3 are different words of a rule.
    """
    whole = [*identity, start, _plain(content), _plain(source)]
    line = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(line.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
