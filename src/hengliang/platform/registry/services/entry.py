"""How an entry of the ledger is read, locked, and written anew; every act of the app goes through here.

An instrument is locked before its entry is read, so that two acts on one instrument follow one another. Nothing is
dated ahead. A change dated before a later change of the same fields is refused: it would silently undo that one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from django.db import models, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused, TransitionRefused
from hengliang.platform.core.models import Act, revise
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.rights import permit_on
from hengliang.platform.registry.services.hold import refuse_if_held
from hengliang.platform.registry.services.offered import refuse_if_offered
from hengliang.platform.registry.services.parts import follow_parts, parts_of
from hengliang.platform.registry.states import INSTRUMENT, MERGED, SCRAPPED

# A nozzle stands where its dispenser stands, and belongs to whom the dispenser belongs.
SHARED = frozenset({"owner_id", "market_id", "region_id", "place", "body_id", "on_site"})


def advance(
    actor: Actor,
    kind: str,
    instrument: Instrument,
    *,
    on: date | None,
    reason: str = "",
    **changes: Any,
) -> InstrumentState:
    """Lead an instrument, and its parts as far as they can follow, to the next state."""
    with transaction.atomic():
        entry = locked_entry(actor, kind, instrument, on or actor.today)
        return advance_locked(actor, kind, entry, on=on, reason=reason, **changes)


def advance_locked(
    actor: Actor,
    kind: str,
    entry: InstrumentState,
    *,
    on: date | None,
    reason: str = "",
    also: Callable[[Act], None] | None = None,
    **changes: Any,
) -> InstrumentState:
    """Lead a locked instrument on; `also` writes what else belongs to the act, before the entry itself."""
    changes["status"] = INSTRUMENT.target(kind, entry.status)
    with perform_on(actor, kind, entry, on=on, reason=reason) as act:
        act.content = content(entry.instrument, changes)
        if also is not None:
            also(act)
        return write(entry, act=act, on=act.on, **changes)


def alter(
    actor: Actor,
    kind: str,
    instrument: Instrument,
    *,
    on: date | None,
    reason: str = "",
    asked: Callable[[InstrumentState], None] | None = None,
    **changes: Any,
) -> InstrumentState:
    """Change what is said of an instrument, without changing its state. `asked` refuses what the entry forbids."""
    with transaction.atomic():
        entry = locked_entry(actor, kind, instrument, on or actor.today)
        refuse_if_gone(entry)
        if asked is not None:
            asked(entry)
        with perform_on(actor, kind, entry, on=on, reason=reason) as act:
            act.content = content(instrument, changes)
            return write(entry, act=act, on=act.on, **changes)


def perform_on(
    actor: Actor, kind: str, entry: InstrumentState, *, on: date | None = None, reason: str = ""
) -> AbstractContextManager[Act]:
    """`perform` on the instrument of an entry, with its user and region."""
    return perform(
        actor,
        kind,
        subject=entry.instrument,
        on=on,
        reason=reason,
        organisation_id=entry.owner_id,
        region_id=entry.region_id,
    )


def locked_entry(actor: Actor, kind: str, instrument: Instrument, on: date) -> InstrumentState:
    """The entry that speaks of `on`, its instrument locked, if the actor may do this act on it as it stands today."""
    not_ahead(actor, on)
    Instrument.objects.select_for_update().only("pk").get(pk=instrument.pk)
    permit_on(actor, kind, instrument.states.current().get())
    refuse_if_held(kind, instrument, actor.today)
    refuse_if_offered(kind, instrument)
    return entry_of(instrument, on)


def entry_of(instrument: Instrument, on: date) -> InstrumentState:
    """The entry that speaks of a day.

    Errors: `InputRefused` if the instrument was not yet in the ledger.
    """
    entry = instrument.states.on(on).first()
    if entry is None:
        raise InputRefused(
            "before_filing",
            "On %(day)s the instrument was not yet in the ledger; choose a later day.",
            field="on",
            day=on,
        )
    entry.instrument = instrument
    return entry


def not_ahead(actor: Actor, on: date) -> None:
    """Refuse a day that has not come."""
    if on > actor.today:
        raise InputRefused("day_ahead", "%(day)s has not come yet; enter the change on its day.", field="on", day=on)


def refuse_if_gone(entry: InstrumentState) -> None:
    """Refuse changes of what is scrapped or merged."""
    if entry.status in {SCRAPPED, MERGED}:
        raise TransitionRefused(
            "instrument_gone",
            "This instrument is “%(state)s”; its entry stays as it is.",
            state=INSTRUMENT.state(entry.status).label,
        )


def content(instrument: Instrument, changes: dict[str, Any]) -> dict[str, Any]:
    """What the log commits to: the code and what was changed."""
    told = {name: getattr(value, "pk", value) for name, value in changes.items()}
    return {"instrument": instrument.code} | {
        name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()
    }


def write(entry: InstrumentState, *, act: Act, on: date, **changes: Any) -> InstrumentState:
    """Write what is true from `on` on, for the instrument, its parts and what it is a part of."""
    changes = {name: value for name, value in _columns(changes).items() if getattr(entry, name) != value}
    if not changes:
        raise InputRefused("nothing_changed", "It stands in the ledger like this already; nothing was changed.")
    instrument = entry.instrument
    _refuse_undoing(instrument, on, changes)
    written = revise(instrument.states.all(), act=act, on=on, **changes)
    written.instrument = instrument
    for part in parts_of(instrument, on):
        _carry(part, entry, act, on, changes)
    if instrument.part_of is not None:
        follow_parts(instrument.part_of, act=act, on=on)
    return written


def _columns(changes: dict[str, Any]) -> dict[str, Any]:
    """Changes by column (`owner_id`), as `revise` needs them: in a copy of a row the column wins over its relation."""
    return {_field(name).attname: getattr(value, "pk", value) for name, value in changes.items()}


def _field(name: str) -> "models.Field[Any, Any]":
    return next(field for field in InstrumentState._meta.concrete_fields if name in {field.name, field.attname})


def _carry(part: InstrumentState, whole: InstrumentState, act: Act, on: date, changes: dict[str, Any]) -> None:
    """Let a part follow what was done to the whole, where it can."""
    carried = {
        name: value for name, value in changes.items() if name in SHARED and part.status not in {SCRAPPED, MERGED}
    }
    if "status" in changes and _follows(part, whole, act.kind):
        carried["status"] = changes["status"]
    if carried := {name: value for name, value in carried.items() if getattr(part, name) != value}:
        _refuse_undoing(part.instrument, on, carried)
        revise(part.instrument.states.all(), act=act, on=on, **carried)


def _follows(part: InstrumentState, whole: InstrumentState, kind: str) -> bool:
    """A part that went out of use by itself stays so when the whole resumes."""
    if kind in {"instrument_resume", "instrument_find"} and part.act_id != whole.act_id:
        return False
    return kind in INSTRUMENT.acts_from(part.status)


def _refuse_undoing(instrument: Instrument, on: date, changes: dict[str, Any]) -> None:
    rows = [entry_of(instrument, on), *instrument.states.known().filter(valid_from__gt=on).order_by("valid_from")]
    for name in changes:
        for row in rows[1:]:
            if getattr(row, name) != getattr(rows[0], name):
                raise Refused(
                    "later_change",
                    "A later change of “%(field)s” stands from %(day)s; choose that day or a later one.",
                    field=_field(name).verbose_name,
                    day=row.valid_from,
                )
