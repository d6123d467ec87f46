"""Papers of a round: the slip, the labels, and a file that was refused."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.verification.rounds.papers import labels, slip
from hengliang.platform.verification.views.rounds import visible_round


@login_required
def round_slip(request: Request, pk: int) -> HttpResponse:
    """The slip as PDF."""
    shown = visible_round(request, pk)
    return _pdf(slip(shown), f"{shown.number}.pdf")


@login_required
def round_labels(request: Request, pk: int) -> HttpResponse:
    """The labels as PDF."""
    shown = visible_round(request, pk)
    return _pdf(labels(shown), f"{shown.number}-labels.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@login_required
def round_upload(request: Request, pk: int, upload: int) -> HttpResponse:
    """A file of results as it arrived, for the body that has to settle it."""
    shown = visible_round(request, pk)
    permit(request.actor, "round_return", organisations=[shown.body_id])
    kept = get_object_or_404(shown.uploads, pk=upload)
    answer = HttpResponse(bytes(kept.file), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{shown.number}-{kept.sha256[:12]}.json"'
    return answer
