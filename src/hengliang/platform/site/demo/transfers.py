"""Two instruments on their way to another user: one offered to the station that logs in, one offered by it."""

from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Account, Organisation
from hengliang.platform.parties.services import role_assign
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import transfer_offer
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.world import World, account


def make_transfers(world: World) -> None:
    """The pending offers of the demo."""
    person = Account.objects.select_related("person__organisation").get(username="owner").person
    own = person.organisation if person else None
    pair = _two_of_a_kind(own) if own else None
    if own is None or pair is None:
        return
    mine, theirs = pair
    by = account(world, "second_owner", theirs.owner)
    role_assign(actor=world.actor, account=by, role=Role.OWNER, organisation=theirs.owner)
    for entry, receiver, reason in ((theirs, own, "停业，器具转让"), (mine, theirs.owner, "门店调整，器具调出")):
        giver = Actor.system(entry.owner.name, world.actor.at)
        transfer_offer(actor=giver, instrument=entry.instrument, receiver=receiver, reason=reason)


def _two_of_a_kind(own: Organisation) -> tuple[InstrumentState, InstrumentState] | None:
    """An instrument of an organisation, the newest for which somebody else has one of the same kind, and that one."""
    rows = InstrumentState.objects.current().whole().filter(status=IN_USE).select_related("instrument", "owner")
    for mine in rows.filter(owner=own).order_by("-instrument"):
        same = rows.filter(instrument__item=mine.instrument.item_id).exclude(owner=own)
        if theirs := same.order_by("instrument").first():
            return mine, theirs
    return None
