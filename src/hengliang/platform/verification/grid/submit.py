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
from hengliang.platform.verification.services import Measured, records_submit


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
    seen = [(row, examined(rule, layouts, row)) for row in rows]
    complete = [Measured(row.task, one.data) for row, one in seen if one.complete]
    made = iter(records_submit(actor=actor, measured=complete, **around))
    return [_handed(row, one, next(made) if one.complete else None) for row, one in seen]


def _handed(row: SheetRow, seen: Examined, made: Record | PlatformError | None) -> Handed:
    if made is None:
        return Handed(row, None, seen.comes_to.get("question") or _("Not complete yet"))
    if isinstance(made, PlatformError):
        return Handed(row, None, str(made))
    return Handed(row, made, str(seen.comes_to["words"]))
