"""Which rows an actor sees, as conditions for `visible_to`: the two walls that most tables share.

Deny by default: who has none of the roles asked for here reaches no row. The administrator reaches all.
"""

from django.db.models import Q

from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Role


def body_reached(actor: Actor, path: str) -> Q:
    """Rows of a body: the body's own people see them, and the authority of the body's region; `path` leads to it."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    own = Q(**{f"{path}__in": actor.organisations(BODY_ROLES)})
    return own | Q(**{f"{path}__region_id__in": actor.regions()})


def reached_between(actor: Actor, holder: str = "owner") -> Q:
    """Rows between a `body` and a holder of instruments in a `region`: each of the two sees its own, and the
    authority those of its regions; `holder` leads to the holder."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return (
        Q(body_id__in=actor.organisations(BODY_ROLES))
        | Q(**{f"{holder}_id__in": actor.organisations(HOLDER_ROLES)})
        | Q(region_id__in=actor.regions())
    )
