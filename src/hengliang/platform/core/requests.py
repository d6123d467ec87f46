"""The request as our pages get it: with its actor, put there by `parties.middleware`; and where it came from."""

from django.conf import settings
from django.http import HttpRequest

from hengliang.platform.core.rights import Actor


class Request(HttpRequest):
    """A request of somebody who acts."""

    actor: Actor


def client_address(request: HttpRequest) -> str:
    """The address that a request came from, by which tries are counted.

    Behind `settings.PROXIES` reverse proxies of ours it is the one that the outermost of them saw. What stands left of
    it in `X-Forwarded-For` the client may have written itself.
    """
    passed_on = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if 0 < settings.PROXIES <= len(passed_on):
        return passed_on[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
