"""Words of the entry form: units, choices, cells as text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.pages.words import titled


def unit_words(unit: str) -> str:
    """A unit as the reader's language writes it: symbols everywhere, money by its name."""
    return unit.replace("CNY", _("CNY"))


def choice_words(cell: Mapping[str, Any]) -> dict[str, str]:
    """What the choices of a cell are called; a class is called what it is."""
    called = cell.get("words") or {}
    return {choice: titled(called[choice]) if choice in called else choice for choice in cell["choices"]}


def plain(value: Any) -> str:
    """A cell of a record as text; a value with its unit shows the value."""
    return str(value["value"]) if isinstance(value, Mapping) else str(value)
