"""The complete rows of a grid, each handed in as an original record of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.grid.sheet import Layouts, SheetRow
from hengliang.platform.verification.grid.told import Examined, examined
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.rules import Rule
from hengliang.platform.verification.services import record_submit


@dataclass(frozen=True)
class Handed:
    """What became of one row: its record, or why there is none."""

    row: SheetRow
    record: Record | None
    words: str


def hand_in(
    actor: Actor, rule: Rule, layouts: Layouts, rows: Iterable[SheetRow], around: Mapping[str, Any]
) -> list[Handed]:
    """Submit each row that is complete, from its draft as it stands; `around` is what stands around the readings.

    A row is a record and an act of its own, so one that is refused holds up no other.
    """
    return [_handed(actor, row, examined(rule, layouts, row), around) for row in rows]


def _handed(actor: Actor, row: SheetRow, seen: Examined, around: Mapping[str, Any]) -> Handed:
    if not seen.complete:
        return Handed(row, None, seen.comes_to.get("question") or _("Not complete yet"))
    try:
        record = record_submit(actor=actor, task=row.task, data=seen.data, **around)
    except PlatformError as refused:
        return Handed(row, None, str(refused))
    return Handed(row, record, str(seen.comes_to["words"]))
