"""The papers of an arbitration as PDF, and the forms that are handed out empty."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from hengliang.platform.core.requests import Request
from hengliang.platform.verification.papers.arbitration import BLANKS, PAPERS, arbitration_pdf, blank_pdf
from hengliang.platform.verification.views.arbitrations import visible_dispute
from hengliang.platform.verification.views.papers import pdf_answer


@login_required
def arbitration_paper(request: Request, pk: int, paper: str) -> HttpResponse:
    """A paper for the parties."""
    if paper not in PAPERS:
        raise Http404
    shown = visible_dispute(request, pk)
    return pdf_answer(arbitration_pdf(shown, paper), f"{shown.number}-{paper}")


@login_required
def arbitration_blank(request: Request, paper: str) -> HttpResponse:
    """An application or a commission to be filled in by hand."""
    if paper not in BLANKS:
        raise Http404
    return pdf_answer(blank_pdf(paper, request.actor.today), f"arbitration-{paper}")
