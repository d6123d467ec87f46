"""What each act changed, in words, for the history of an instrument's page."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import event_of
from hengliang.platform.core.pages.objects import Event
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.selectors.dossier import Dossier

_IDENTITY = ("name", "category", "model", "serial_number", "manufacturer", "origin", "measuring_range",
             "accuracy_class", "quantity", "made_on")  # fmt: skip


Change = tuple[Any, Any, Any]


def events_of(told: Dossier) -> list[Event]:
    """One line for each act, with what it changed: of the dated entry, and of the identity."""
    changes = _dated(told.past)
    for act, found in _corrections(told.instrument).items():
        changes.setdefault(act, []).extend(found)
    return [replace(event_of(act), changes=changes.get(act.pk, [])) for act in told.acts]


def _dated(rows: list[InstrumentState]) -> dict[int, list[Change]]:
    """What each act ended, beside what it wrote in its place; the last row of each is the one that the act is about."""
    ended = {row.ended_by_id: row for row in sorted(rows, key=lambda row: row.valid_from) if row.ended_by_id}
    written = {row.act_id: row for row in sorted(rows, key=lambda row: (row.valid_from, row.pk))}
    return {act: _differences(before, written[act]) for act, before in ended.items() if act in written}


def _differences(before: InstrumentState, after: InstrumentState) -> list[Change]:
    told: list[Change] = []
    for field in InstrumentState._meta.concrete_fields:
        if field.attname in InstrumentState.facts() and field.name not in {"instrument", "is_part", "region", "reason"}:
            pair = (_words(before, field.name), _words(after, field.name))
            if pair[0] != pair[1]:
                told.append((field.verbose_name, *pair))
    if before.region_id != after.region_id:
        told.append((_("Region"), getattr(before, "region_name", ""), getattr(after, "region_name", "")))
    return told


def _words(row: InstrumentState, name: str) -> Any:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


def _corrections(shown: Instrument) -> dict[int, list[Change]]:
    """The versions of the identity that were superseded, each beside the one that followed."""
    former = list(shown.events.order_by("pgh_id"))  # type: ignore[attr-defined]
    return {
        after.act_id: [
            (field.verbose_name, getattr(before, field.name), getattr(after, field.name))
            for field in Instrument._meta.concrete_fields
            if field.name in _IDENTITY and getattr(before, field.name) != getattr(after, field.name)
        ]
        for before, after in pairwise([*former, shown])
    }
