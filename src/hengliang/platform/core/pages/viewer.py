"""Who looks at a page. The middleware of parties puts the actor on the request; pages only ask it questions."""

from collections.abc import Callable

from django.http import HttpRequest

from hengliang.platform.core.rights import Actor

Visible = Callable[[Actor], bool]
"""Tells whether an actor sees an entry, a column or an act."""


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request; a citizen where no middleware has put one."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor if actor is not None else Actor.anonymous()


def sees(visible: Visible | None, actor: Actor) -> bool:
    """Whether `actor` sees what carries this rule; no rule means everyone who got this far."""
    return visible is None or visible(actor)


def signed_in(actor: Actor) -> bool:
    """Whether the actor has an account."""
    return actor.account_id is not None
