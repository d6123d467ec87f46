"""What the ledger says of an instrument, field by field, in the words of a mapping."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.registry.models import Instrument, InstrumentState


def ours_of(instruments: Iterable[Instrument], on: date) -> dict[int, dict[str, str]]:
    """The entries of today of several instruments, by their key; five queries whatever their number."""
    rows = InstrumentState.objects.current().filter(instrument__in=instruments)
    entries = list(rows.select_related("instrument__item", "owner", "market", "body"))
    versions = RegionVersion.objects.on(on).filter(region__in={entry.region_id for entry in entries})
    codes = dict(versions.values_list("region_id", "code"))
    return {entry.instrument_id: _values(entry, codes.get(entry.region_id, "")) for entry in entries}


def _values(entry: InstrumentState, region: str) -> dict[str, str]:
    one = entry.instrument
    told: dict[str, Any] = {
        "instrument_code": one.code, "item": one.item.name, "name": one.name, "category": one.category,
        "model": one.model, "measuring_range": one.measuring_range, "accuracy_class": one.accuracy_class,
        "serial_number": one.serial_number, "manufacturer": one.manufacturer, "origin": one.origin,
        "made_on": one.made_on, "owner": entry.owner.name, "owner_code": entry.owner.credit_code,
        "market": entry.market.name if entry.market else "", "region": region, "place": entry.place,
        "purpose": entry.purpose, "regime": entry.regime, "mandatory": "t" if entry.mandatory else "f",
        "on_site": "t" if entry.on_site else "f", "body": entry.body.name if entry.body else "",
        "last_on": entry.last_on, "last_result": entry.last_result or "none", "due_on": entry.due_on,
        "status": entry.status,
    }  # fmt: skip
    return {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in told.items()}
