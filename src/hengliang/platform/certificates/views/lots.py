"""The document of a single result of a lot, for who may see the result."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from hengliang.platform.certificates.lot_document import render_result
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.models import LotResult


@login_required
def lot_result_document(request: Request, lot: int, place: int) -> HttpResponse:
    """The one-page document of a result of an approved or issued lot, made now."""
    rows = LotResult.objects.visible_to(request.actor).filter(lot__state__in=["approved", "issued", "void"])
    related = ("lot__item", "lot__body", "lot__rule", "lot__verifier", "lot__reviewer", "lot__approver", "group")
    shown = get_object_or_404(rows.select_related(*related), lot_id=lot, place=place)
    answer = HttpResponse(render_result(shown), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{shown.lot.number}-{place + 1}.pdf"'
    return answer
