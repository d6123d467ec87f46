"""The preview of a comparison: brought, evaluated, shown; nothing is kept."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hengliang.dcc.errors import UnreadableComparison
from hengliang.metrology.comparison.errors import UnknownLaboratory, UnknownRelease
from hengliang.metrology.errors import MetrologyError
from hengliang.platform.comparison.evaluation import Preview, of_round, words_of
from hengliang.platform.comparison.files import preview_of
from hengliang.platform.comparison.forms import PreviewForm
from hengliang.platform.comparison.rights import require_reader
from hengliang.platform.core.ahead import import_ahead
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.requests import Request

FIELDS: dict[type[MetrologyError], str] = {UnknownRelease: "release", UnknownLaboratory: "pilot"}


@login_required
def preview(request: Request) -> HttpResponse:
    """The form, and below it what the file or the table says."""
    require_reader(request.actor)
    if request.method != "POST":
        import_ahead("scipy.special")
        return _page(request, PreviewForm())
    form = PreviewForm(request.POST, request.FILES)
    found = _found(form) if form.is_valid() else None
    return _page(request, form, found)


def _found(form: PreviewForm) -> Preview | None:
    data = form.cleaned_data
    try:
        return preview_of(data["file"], data["release"] or None) if data["file"] else of_round(form.round())
    except InputRefused as refused:
        beside(form, refused)
    except UnreadableComparison as error:
        form.add_error("file", _(error.template).format(**error.parameters))
    except MetrologyError as error:
        form.add_error(FIELDS.get(type(error), "file" if data["file"] else "table"), words_of(error))
    return None


def _page(request: Request, form: PreviewForm, found: Preview | None = None) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"title": _("Comparison of laboratories"), "form": form, "found": found}
    return render(request, "comparison/preview.html", context, status=status)
