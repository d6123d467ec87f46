"""The request as our pages get it: with its actor, put there by `parties.middleware`; and where it comes from."""

from django.conf import settings
from django.http import HttpRequest

from hengliang.platform.core.rights import Actor


class Request(HttpRequest):
    """A request of somebody who acts."""

    actor: Actor


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks: the peer's, or behind `settings.PROXIES` proxies what the outermost of them saw.

    Each proxy adds whom it saw at the end of `X-Forwarded-For`; what stands before these is the client's own telling.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXIES:
        return peer
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return told[-settings.PROXIES] if len(told) >= settings.PROXIES else peer
