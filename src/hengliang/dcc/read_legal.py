"""The legal content of a certificate, carried in statements with `refType`s of ours.

DCC has no element for it; statements are where readers that don't know us still show it as text.
"""

from collections.abc import Sequence
from typing import get_args

from hengliang.dcc.model import Kind, Legal, Statement

PREFIX = "hengliang_"


def read_kind(statements: Sequence[Statement]) -> Kind:
    """What the document says it is; a DCC that says nothing is a calibration certificate."""
    named = _by_type(statements).get("kind")
    if named is not None and named.convention in get_args(Kind):
        kind: Kind = named.convention  # type: ignore[assignment]
        return kind
    return "calibration_certificate"


def read_legal(statements: Sequence[Statement]) -> Legal | None:
    """The legal content, None when the document has none."""
    found = _by_type(statements)
    if not set(found) - {"kind"}:
        return None
    none = Statement()
    conclusion = found.get("conclusion", none)
    return Legal(
        conclusion=conclusion.declaration,
        passed=None if conclusion.conformity is None else conclusion.conformity == "pass",
        accuracy_class=found.get("accuracyClass", none).convention,
        authorisation=found.get("authorisation", none).convention,
        procedure=found.get("procedure", none).convention,
        valid_until=found.get("validUntil", none).day,
        forbidden=found.get("forbidden", none).declaration,
        minimum_amount=found.get("minimumAmount", none).convention,
    )


def _by_type(statements: Sequence[Statement]) -> dict[str, Statement]:
    return {kind.removeprefix(PREFIX): one for one in statements for kind in one.ref_types if kind.startswith(PREFIX)}
