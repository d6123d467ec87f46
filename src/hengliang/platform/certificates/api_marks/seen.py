"""The objects that a request names, as far as whoever asks may see them; others are not there."""

from django.shortcuts import get_object_or_404

from hengliang.platform.certificates.marks.stock import bodies_seen
from hengliang.platform.certificates.models import Mark
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation


def seen_mark(request: Request, pk: int) -> Mark:
    """A mark with its instrument, series and body."""
    rows = Mark.objects.visible_to(request.actor).select_related("instrument", "series", "body")
    return get_object_or_404(rows, pk=pk)


def seen_body(request: Request, pk: int) -> Organisation:
    """A body whose stock may be seen."""
    return get_object_or_404(bodies_seen(request.actor), pk=pk)
