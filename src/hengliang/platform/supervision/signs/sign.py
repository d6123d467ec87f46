"""What a detector gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hengliang.platform.supervision.models import Finding

BACK = timedelta(days=366)  # what lies before was looked at then


@dataclass(frozen=True)
class Sign:
    """Something that does not fit, in a region, on a day; `key` names it so that it is found only once."""

    kind: Finding.Kind
    key: str
    region_id: int
    speaks_of: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    body_id: int | None = None
    person_id: int | None = None
