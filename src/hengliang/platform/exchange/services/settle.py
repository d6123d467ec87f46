"""What the acts on a difference share: who may, that it still is as it was shown, and the link of two numbers."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act, begin, end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.exchange.models import Discrepancy, OutsideId
from hengliang.platform.exchange.states import DISCREPANCY
from hengliang.platform.registry.models import Instrument


def may_settle(actor: Actor, kind: str, found: Discrepancy) -> None:
    """Refuse who has no right over its region, and an act that its state does not allow."""
    permit(actor, kind, region_id=found.region_id)
    DISCREPANCY.target(kind, found.state)


def settled(actor: Actor, kind: str, found: Discrepancy, reason: str) -> AbstractContextManager[Act]:
    """`perform` on a difference."""
    return perform(actor, kind, subject=found, reason=reason, region_id=found.region_id)


def close(found: Discrepancy, act: Act) -> None:
    """Lead the difference on by the act."""
    move(DISCREPANCY, found, act)


def refuse_nothing_to_send(found: Discrepancy) -> None:
    """Refuse to keep ours where there is nothing of ours."""
    if found.instrument is None or found.kind == Discrepancy.Kind.MOVED:
        raise Refused("nothing_to_send", "There is nothing of ours to send here; link it, file it, or leave it.")


def refuse_day_not_ahead(until: date, today: date) -> None:
    """Refuse to leave it until a day that has come."""
    if until <= today:
        raise InputRefused("day_not_ahead", "Choose a day that is still to come.", field="until")


def number_missing() -> InputRefused:
    """Nobody said by which number the other system knows it, or it is too long for one."""
    return InputRefused("number_missing", "Enter the number by which the other system knows it.", field="value")


def instrument_not_seen() -> InputRefused:
    """An instrument that the actor does not see."""
    return InputRefused(
        "instrument_not_seen", "Choose an instrument of your regions by its code.", field="instrument"
    )  # fmt: skip


def kept_of(found: Discrepancy) -> dict[str, Any]:
    """What an act that keeps ours says: field by field, ours and theirs."""
    code = found.instrument.code if found.instrument else ""
    return {"instrument": code, "kept": {one["field"]: [one["ours"], one["theirs"]] for one in found.fields}}


def held_numbers(links: Iterable[OutsideId]) -> set[tuple[int, object]]:
    """What is linked: each number and each instrument, with its system."""
    return {key for one in links for key in ((one.system_id, one.value), (one.system_id, one.instrument_id))}


def link_numbers(act: Act, found: Discrepancy, instrument: Instrument, value: str, on: date) -> OutsideId:
    """Their number names this instrument from today on; what it named before, and what named this before, ends."""
    ids = OutsideId.objects.filter(system=found.system, kind=OutsideId.Kind.INSTRUMENT)
    end(ids.filter(value=value), act=act, on=on)
    end(ids.filter(instrument=instrument), act=act, on=on)
    return begin(
        OutsideId, act=act, on=on, system=found.system, kind=OutsideId.Kind.INSTRUMENT, value=value,
        instrument=instrument,
    )  # fmt: skip
