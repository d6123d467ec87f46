"""What a certificate says as canonical JSON: what the log commits to, whichever file shows it.

Guarantee: two files with the same content, one signed and one not, have the same bytes here. The format is
released: its reader test stands in `tests/dcc/test_evidence.py`.
"""

from datetime import date
from typing import Any

from hengliang.dcc.model import Certificate

FORMAT = "hengliang-certificate-content-v1"


def content_of(certificate: Certificate) -> dict[str, Any]:
    """The whole model with all its languages; digits as written, days as text."""
    return {"format": FORMAT, **_plain(certificate)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
