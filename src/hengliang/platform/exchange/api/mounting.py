"""Where the operations of exchange are mounted: one router, since two may not share an address."""

from django.shortcuts import get_object_or_404
from ninja import Router

from hengliang.platform.core.requests import Request
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.models import Instrument, InstrumentState

router = Router(tags=["exchange"])


def instrument_seen(request: Request, code: str) -> Instrument:
    """An instrument by its code, of those that the actor may see."""
    seen = InstrumentState.objects.visible_to(request.actor).current().select_related("instrument")
    return get_object_or_404(seen, instrument__code=tidy(code)).instrument
