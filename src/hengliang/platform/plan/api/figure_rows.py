"""A row behind a figure as programs read it."""

from datetime import date
from typing import Any

from ninja import Field, Schema


class FigureRowOut(Schema):
    """A row behind a figure: an entry of the ledger of instruments with the days on which it holds, an item of the
    catalogue, a measurement standard or an achievement (`kind`); what a kind does not have is null."""

    id: int = Field(examples=[71])
    kind: str = Field(examples=["instruments"])
    name: str = Field(examples=["电子计价秤"])
    code: str | None = Field(examples=["HL0000123"])
    organisation: str | None = Field(examples=["量县加油站"])
    region_id: int | None = Field(examples=[3])
    status: str | None = Field(examples=["in_use"])
    due_on: date | None = Field(examples=["2026-05-18"])
    last_on: date | None = Field(examples=["2025-05-19"])
    last_result: str | None = Field(examples=["pass"])
    valid_from: date | None = Field(examples=["2025-05-19"])
    valid_to: date | None = Field(examples=[None])


def row_of(kind: str, row: Any) -> dict[str, Any]:
    """A row of any kind of selection; what it does not have is null."""
    told: dict[str, Any] = dict.fromkeys(FigureRowOut.model_fields) | {"id": row.pk, "kind": kind, "name": str(row)}
    if kind == "instruments":
        told |= {name: getattr(row, name) for name in _ENTRY}
        return told | {"name": row.instrument.name, "code": row.instrument.code, "organisation": row.owner.name}
    told |= {name: getattr(row, name) for name in ("code", "region_id") if hasattr(row, name)}
    holder = getattr(row, "organisation", None)
    return told | {"name": row.name, "organisation": holder.name if holder else None}


_ENTRY = ("region_id", "status", "due_on", "last_on", "last_result", "valid_from", "valid_to")
