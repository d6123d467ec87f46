"""How the pages look an instrument up: only what the actor may see exists."""

from django.http import Http404

from hengliang.platform.core.requests import Request
from hengliang.platform.registry.selectors.find import Found, instrument_visible


def found_or_404(request: Request, code: str) -> Found:
    """The instrument that a code leads to."""
    found = instrument_visible(request.actor, code)
    if found is None:
        raise Http404
    return found
