"""A rule as a result kept it in JSON, made into a value again: what judged in 2024 judges in 2034."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hengliang.norms.document import scalar
from hengliang.norms.model import Kind, Source, Value


def kept_value(content: Mapping[str, Any], provenance: Mapping[str, Any], *, kind: Kind) -> Value:
    """The value whose content (JSON, numbers as text) and provenance (`Value.provenance()`) a result stored.

    Texts that look like numbers are numbers again: where a rule means the text itself (choices, names of points), the
    reader of the rule makes text of either. The hash is the one that was stored.
    """
    norm, fingerprint = str(provenance["norm"]), str(provenance["content_hash"])
    return Value(
        norm=norm,
        kind=kind,
        title={"zh": norm, "en": norm},
        unit=None,
        start=date.fromisoformat(provenance["start"]),
        content=_restored(content),
        source=Source(provenance["document"], provenance["clause"], None, provenance["basis"]),
        status=provenance["status"],
        approval=None,
        fingerprint=lambda: fingerprint,
        layer=str(provenance["layer"]),
        place="",
    )


def _restored(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _restored(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_restored(inner) for inner in value]
    return scalar(value) if isinstance(value, str) and value[:1] in "+-0123456789" else value
