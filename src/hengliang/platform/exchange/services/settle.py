"""What the acts on a difference share: who may, that it still is as it was shown, and the link of two numbers."""

from contextlib import AbstractContextManager
from datetime import date

from hengliang.platform.core.acts import perform
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


def link_numbers(act: Act, found: Discrepancy, instrument: Instrument, value: str, on: date) -> OutsideId:
    """Their number names this instrument from today on; what it named before, and what named this before, ends."""
    ids = OutsideId.objects.filter(system=found.system, kind=OutsideId.Kind.INSTRUMENT)
    end(ids.filter(value=value), act=act, on=on)
    end(ids.filter(instrument=instrument), act=act, on=on)
    return begin(
        OutsideId, act=act, on=on, system=found.system, kind=OutsideId.Kind.INSTRUMENT, value=value,
        instrument=instrument,
    )  # fmt: skip
