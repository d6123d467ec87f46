"""Labels on paper: for a label printer or a sheet, many at once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.certificates.forms.issue import LabelsForm
from hengliang.platform.certificates.mark_tables import MarkTable
from hengliang.platform.certificates.marks.paper import MOST, printable, sheet
from hengliang.platform.certificates.views.marks import marks_seen
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES


@login_required
def labels(request: Request) -> HttpResponse:
    """The labels of the ticked marks, as far as the platform prints their kind: first on what, then the PDF."""
    ids = [one for one in request.GET.getlist("ids") if one.isdecimal() and len(one) < 19]
    own = marks_seen(request).filter(body__in=request.actor.organisations(BODY_ROLES))
    rows = own.filter(pk__in=ids[:MOST]) if ids else MarkTable().selected(request, own) if request.POST else own.none()
    marks = printable(list(rows.order_by("number", "pk")[:MOST]), request.actor.today)
    form = LabelsForm(request.GET if "paper" in request.GET else None)
    if marks and form.is_valid():
        answer = HttpResponse(sheet(marks, form.cleaned_data["paper"]), content_type="application/pdf")
        answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
        return answer
    crumbs = [Crumb(_("Labels, marks and seals"), reverse("certificates:mark_list"))]
    context = {"title": _("Print labels"), "form": form, "marks": marks, "crumbs": crumbs}
    return render(request, "certificates/labels.html", context)
