"""Every request carries its actor: who, with which grants, at which moment."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.selectors import actor_of


class ActorMiddleware:
    """Put `request.actor`; made on first use, so that public pages cost no query for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()

        def actor() -> Actor:
            user = request.user
            return actor_of(user, at) if user.is_authenticated else Actor.anonymous(at)

        request.actor = SimpleLazyObject(actor)  # type: ignore[attr-defined]
        return self.get_response(request)
