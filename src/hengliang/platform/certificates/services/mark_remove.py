"""A mark is taken off its instrument: a seal broken at a repair, a cancelled label torn off."""

from datetime import date

from django.core.files.base import File

from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.services.photograph_add import photograph_keep
from hengliang.platform.certificates.services.stock_moves import require_day
from hengliang.platform.certificates.states import MARK
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.models import InstrumentState


def mark_remove(
    *, actor: Actor, mark: Mark, taken_off_by: str, reason: str, on: date | None = None,
    photograph: "File[bytes] | None" = None,
) -> None:  # fmt: skip
    """Record that a mark was taken off: by whom, on which day, why. The body or whoever has the instrument says so.

    Errors: `InputRefused` for a day before it was put on; `TransitionRefused` for one that is off already.
    """
    permit(actor, "mark_remove", organisations=those_who_know(mark, actor), region_id=mark.region_id)
    on = on or actor.today
    require_day(actor, on)
    if on < mark.on:
        raise InputRefused("mark_removed_before", "It was put on only on %(day)s.", field="on", day=mark.on)
    if not taken_off_by.strip():
        raise InputRefused("mark_taken_off_by", "Say who took it off.", field="taken_off_by")
    with perform(
        actor, "mark_remove", subject=mark, on=on, reason=reason, organisation_id=mark.body_id, region_id=mark.region_id
    ) as act:
        move(MARK, mark, act)
        mark.ended_on, mark.taken_off_by = on, taken_off_by.strip()[:200]
        mark.save(update_fields=["ended_on", "taken_off_by"])
        if photograph is not None:
            photograph_keep(act, mark, photograph)
        act.content = {"kind": mark.kind, "number": mark.number, "by": mark.taken_off_by}


def those_who_know(mark: Mark, actor: Actor) -> list[int]:
    """Whose word counts on whether a mark is still there: the body's, and that of whoever has the instrument today."""
    if mark.instrument_id is None:
        return [mark.body_id]
    rows = InstrumentState.objects.on(actor.today).filter(instrument=mark.instrument_id)
    return [mark.body_id, *(pk for row in rows.values_list("owner_id", "market_id") for pk in row if pk)]
