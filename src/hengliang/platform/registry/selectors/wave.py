"""The wave of what falls due, by month, region, item and body; read from the tally, so fast at a million."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor, Role
from hengliang.platform.registry.tally import statement


@dataclass(frozen=True)
class Due:
    """So many instruments that fall due in a month (its first day); `month` None: they are overdue already."""

    month: date | None
    region_id: int
    item_id: int
    body_id: int | None
    on_site: bool
    count: int


def due_wave(actor: Actor, until: date) -> tuple[Due, ...]:
    """What falls due by a day of those that a regional role or a body may see, overdue first."""
    told: dict[str, Any] = {
        "today": actor.today,
        "until": until,
        "everywhere": actor.has(Role.ADMINISTRATOR),
        "regions": list(actor.regions(REGIONAL)),
        "bodies": list(actor.organisations(BODY_ROLES)),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("months"), told)
        found = [Due(*row) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda one: (one.month or date.min, one.region_id, one.item_id)))
