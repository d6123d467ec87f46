"""Two instruments on their way to another user: one offered to the station that logs in, one offered by it."""

from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account, Organisation
from hengliang.platform.parties.services import role_assign
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import transfer_offer
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.world import World, account


def make_transfers(world: World) -> None:
    """The pending offers of the demo."""
    person = Account.objects.get(username="owner").person
    own = person.organisation if person else None
    other = _another_station(own)
    if own is None or other is None:
        return
    role_assign(actor=world.actor, account=account(world, "second_owner", other), role=Role.OWNER, organisation=other)
    for giver, receiver, reason in ((other, own, "加油站停业，加油机转让"), (own, other, "门店调整，加油机调出")):
        if found := _to_offer(giver):
            by = Actor.system(giver.name, world.actor.at)
            transfer_offer(actor=by, instrument=found, receiver=receiver, reason=reason)


def _another_station(own: Organisation | None) -> Organisation | None:
    dispensers = InstrumentState.objects.current().whole().filter(status=IN_USE, instrument__item__code="FUEL")
    entry = dispensers.exclude(owner=own).select_related("owner").order_by("owner").first()
    return entry.owner if entry else None


def _to_offer(giver: Organisation) -> Instrument | None:
    """The newest instrument of an organisation that is in use."""
    rows = InstrumentState.objects.current().whole().filter(owner=giver, status=IN_USE)
    last = rows.select_related("instrument").order_by("-instrument").first()
    return last.instrument if last else None
