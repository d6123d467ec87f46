"""What identifies an instrument: the fields that are corrected, never dated; and what it is found by."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from hengliang.platform.core.search import search_text
from hengliang.platform.registry.models import Instrument


class Identity(TypedDict, total=False):
    """The identity of an instrument, as filed or corrected."""

    name: str
    category: str
    model: str
    serial_number: str
    manufacturer: str
    origin: str
    measuring_range: str
    range_low: Decimal | None
    range_high: Decimal | None
    range_unit: str
    accuracy_class: str
    quantity: int
    made_on: date | None
    part_label: str
    details: dict[str, Any]


def found_by(instrument: Instrument, codes: Iterable[str] = ()) -> str:
    """The search text of an instrument: all its names and numbers, and the pinyin initials of the Chinese ones."""
    words = (
        instrument.code,
        instrument.name,
        instrument.item.name,
        instrument.category,
        instrument.model,
        instrument.serial_number,
        instrument.manufacturer,
        instrument.part_label,
        *codes,
    )
    return search_text(*dict.fromkeys(words))


def tidied(identity: Mapping[str, Any]) -> dict[str, Any]:
    """The identity without blanks at the ends of its texts."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in identity.items()}
