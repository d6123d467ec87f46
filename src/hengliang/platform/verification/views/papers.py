"""Papers: the original record, and many papers as one file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.models import PrintJob, Record, Task
from hengliang.platform.verification.papers.batch import KINDS
from hengliang.platform.verification.papers.original import original_pdf
from hengliang.platform.verification.printing import ask_for


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at and printed."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return answer


def _record(request: Request, pk: int) -> Record:
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    people = ("verifier", "reviewer", "approver", "rule", "task__body", "task__owner", "task__instrument__item")
    return get_object_or_404(rows.select_related(*people), pk=pk)


@login_required
def record_paper(request: Request, pk: int) -> HttpResponse:
    """The original record as PDF."""
    shown = _record(request, pk)
    return pdf_answer(original_pdf(shown), shown.number)


@login_required
@require_POST
def print_many(request: Request, kind: str) -> HttpResponse:
    """Ticked rows of a list are printed as one file."""
    printed = KINDS.get(kind)
    if printed is None:
        raise InputRefused("unknown_paper", "There is no paper of that kind.")
    keys = [str(pk) for pk in printed.ticked(request)]
    ask = Confirmation(
        title=_("Print %(papers)s") % {"papers": printed.label}, verb=_("Print"), back=printed.back(),
        affected=len(keys), reason_needed=False, carry=printed.carry(request),
        consequences=[_("One file with a list in front; what can’t be printed is named there with the reason.")],
    )  # fmt: skip
    if ask.confirmed(request):
        return redirect("verification:print_job", ask_for(request.actor, kind, keys).pk)
    return ask.respond(request)


@login_required
def print_job(request: Request, pk: int) -> HttpResponse:
    """How far the printing is; one can leave and come back."""
    shown = get_object_or_404(PrintJob.objects.visible_to(request.actor).defer("pdf"), pk=pk)
    part = request.headers.get("HX-Target") == "print-job"
    ready = PrintJob.objects.filter(pk=pk, pdf__isnull=False).exists()
    context = {
        "title": _("Print job"), "job": shown, "label": KINDS[shown.kind].label if shown.kind in KINDS else shown.kind,
        "ready": ready, "total": len(shown.keys), "crumbs": [Crumb(_("Counter"), reverse("verification:deposit_list"))],
        "problem": _(shown.problem["template"]) % shown.problem["params"] if shown.problem else "",
    }  # fmt: skip
    name = "verification/print_part.html" if part else "verification/print_job.html"
    return render(request, name, context)


@login_required
def print_file(request: Request, pk: int) -> HttpResponse:
    """The file of a print job."""
    shown = get_object_or_404(PrintJob.objects.visible_to(request.actor).filter(pdf__isnull=False), pk=pk)
    return pdf_answer(bytes(shown.pdf or b""), f"print-{shown.pk}")
