"""For which organisation somebody acts on a system: the authority over its region, or a body that takes part."""

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import REGIONAL, Actor, Role, permit, right_of
from hengliang.platform.exchange.models import OutsideSystem


def acting_for(actor: Actor, kind: str, system: OutsideSystem) -> int:
    """The organisation for which the actor does this act on the system.

    Errors: `NotPermitted`.
    """
    if actor.account_id is None and actor.has(Role.ADMINISTRATOR):
        return system.owner_id
    for grant in actor.grants:
        if grant.role not in right_of(kind).roles or grant.organisation_id is None:
            continue
        over = grant.role in REGIONAL and system.region_id in grant.region_ids
        if over or grant.role == Role.ADMINISTRATOR or grant.organisation_id in system.bodies:
            return grant.organisation_id
    permit(Actor(actor.at, actor.account_id, actor.name), kind)
    raise AssertionError("nobody without a grant is permitted")


def may(actor: Actor, kind: str, system: OutsideSystem) -> bool:
    """Whether the actor may do this act on the system."""
    try:
        acting_for(actor, kind, system)
    except NotPermitted:
        return False
    return True
