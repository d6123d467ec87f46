"""The record of a task as far as it stands: what was typed, and before that what the ledger knows."""

from collections.abc import Sequence
from typing import Any

from hengliang.platform.registry.models import Instrument
from hengliang.platform.verification.models import RecordDraft, Task


def begun(task: Task, draft: RecordDraft | None, parts: Sequence[str]) -> dict[str, Any]:
    """The record's JSON of a task; `parts` are those that the ledger holds of its instrument."""
    data = dict(draft.data) if draft else {}
    data = {**({"parts": list(parts)} if parts else {})} | data | {"regime": task.regime}
    return data if "instrument" in data else data | {"instrument": known_of(task.instrument)}


def known_of(instrument: Instrument) -> dict[str, str]:
    """What the ledger knows of the instrument, so that it is not typed again."""
    known = {key: str(value) for key, value in (instrument.details or {}).items()}
    return known | ({"accuracy_class": instrument.accuracy_class} if instrument.accuracy_class else {})


def version_of(draft: RecordDraft | None) -> int:
    """The version of a draft as a whole: it grows with every section that is written."""
    return sum(draft.versions.values()) if draft else 0
