"""What programs are told of the ledger."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState
from hengliang.platform.registry.selectors.ledger import with_names
from hengliang.platform.registry.standing import standing


class ItemOut(Schema):
    """An item of the catalogue."""

    id: int = Field(examples=[51])
    code: str = Field(examples=["FUEL"])
    name: str = Field(examples=["燃油加油机"])
    name_en: str = Field(examples=["Fuel dispenser"])
    control: str = Field(examples=["P+V"])
    regime: str = Field(examples=["periodic"])
    period_months: int | None = Field(examples=[6])
    regulation: str = Field(examples=["JJG 443"])
    mark: str = Field(examples=["C"])


class EntryOut(Schema):
    """An instrument as it stands on a day."""

    id: int = Field(examples=[1204])
    code: str = Field(examples=["23456789AX"])
    name: str = Field(examples=["加油机"])
    item: str = Field(examples=["FUEL"])
    model: str = Field(examples=["JYJ-50"])
    serial_number: str = Field(examples=["20240001"])
    manufacturer: str = Field(examples=["示例仪器有限公司"])
    part_label: str = Field(examples=[""])
    status: str = Field(examples=["in_use"])
    owner_id: int = Field(examples=[12])
    owner: str = Field(examples=["量县加油站"])
    region_id: int = Field(examples=[3])
    region: str = Field(examples=["量县"])
    place: str = Field(examples=["1号岛"])
    purpose: str = Field(examples=["trade"])
    regime: str = Field(examples=["periodic"])
    mandatory: bool = Field(examples=[True])
    body_id: int | None = Field(examples=[9])
    last_on: date | None = Field(examples=["2026-03-01"])
    last_result: str = Field(examples=["pass"])
    due_on: date | None = Field(examples=["2026-08-31"])
    valid_from: date = Field(examples=["2026-03-01"])


class CodeOut(Schema):
    """A code that somebody else knows the instrument by."""

    kind: str = Field(examples=["ecqs"])
    value: str = Field(examples=["3401202600001"])
    valid_from: date = Field(examples=["2026-03-01"])
    valid_to: date | None = Field(examples=[None])


class InstrumentOut(EntryOut):
    """One instrument with its parts and codes."""

    standing: str = Field(examples=["valid"])
    redirected: bool = Field(examples=[False])
    parts: list[EntryOut]
    codes: list[CodeOut]


def entry_out(row: InstrumentState) -> dict[str, Any]:
    """A row of the ledger as programs see it."""
    shown = row.instrument
    names = ("status", "owner_id", "region_id", "place", "purpose", "regime", "mandatory", "body_id", "last_on",
             "last_result", "due_on", "valid_from")  # fmt: skip
    told = {
        name: getattr(shown, name) for name in ("code", "name", "model", "serial_number", "manufacturer", "part_label")
    }
    told |= {name: getattr(row, name) for name in names}
    return told | {"id": shown.pk, "item": shown.item.code, "owner": row.owner.name, "region": row.region_name or ""}  # type: ignore[attr-defined]


def instrument_out(request: Request, shown: Instrument) -> dict[str, Any]:
    """An instrument as it stands today, with its parts and codes."""
    day = request.actor.today
    rows = InstrumentState.objects.current()
    own = with_names(rows.filter(instrument=shown), day).get()
    parts = with_names(rows.filter(instrument__part_of=shown), day).order_by("instrument__part_label")
    codes = InstrumentCode.objects.known().filter(instrument=shown).order_by("kind", "valid_from")
    return entry_out(own) | {
        "standing": standing(own, day),
        "redirected": False,
        "parts": [entry_out(row) for row in parts],
        "codes": list(codes),
    }
