"""Who works at a counter, and at whose."""

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation

COUNTER = (Role.BODY_MANAGER, Role.VERIFIER)


def at_counter(actor: Actor) -> bool:
    """Whether somebody works at a counter."""
    return actor.has(*COUNTER)


def own_body(actor: Actor) -> Organisation:
    """The body at whose counter one works.

    Errors: `NotPermitted` for everybody else.
    """
    found = Organisation.objects.filter(pk__in=actor.organisations(COUNTER)).order_by("pk").first()
    if found is None:
        raise NotPermitted("no_counter", "Only the people of a verification body work at its counter.")
    return found
