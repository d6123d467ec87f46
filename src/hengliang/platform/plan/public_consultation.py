"""The public page of a consultation: the draft, a comment of anybody's, and the answers. No login."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hengliang.platform.core.client_address import client_address
from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.form_page import beside, given
from hengliang.platform.core.requests import Request
from hengliang.platform.plan.forms.participation import CommentForm
from hengliang.platform.plan.models import Consultation
from hengliang.platform.plan.services import comment_enter

MOST_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
def public_consultation(request: Request, pk: int) -> HttpResponse:
    """The draft with its comments and answers; while it is open, a form."""
    shown = get_object_or_404(Consultation.objects.open(), pk=pk)
    today = request.actor.today
    is_open = shown.state == "open" and shown.opens_on <= today <= shown.closes_on
    form = CommentForm(shown, *given(request)[:1]) if is_open else None
    if form is not None and form.is_bound and form.is_valid() and _enter(request, shown, form):
        return redirect(reverse("public_consultation", args=[pk]) + "?thanks=1")
    context = {
        "title": shown.title, "consultation": shown, "form": form, "clauses": shown.clauses.all(),
        "thanks": request.GET.get("thanks") == "1", "received": shown.comments.count(),
        "comments": shown.comments.shown().select_related("clause").order_by("-at", "-pk")[:MOST_SHOWN],
    }  # fmt: skip
    return render(
        request, "plan/public_consultation.html", context, status=422 if form is not None and form.errors else 200
    )


def _enter(request: Request, shown: Consultation, form: CommentForm) -> bool:
    told = form.cleaned_data
    clause = shown.clauses.filter(pk=told["clause"] or 0).first()
    try:
        comment_enter(actor=request.actor, consultation=shown, said=told["said"], clause=clause, name=told["name"],
                      contact=told["contact"], address=client_address(request))  # fmt: skip
    except PlatformError as refused:
        beside(form, refused)
        return False
    return True
