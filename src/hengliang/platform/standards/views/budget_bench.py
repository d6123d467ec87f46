"""The uncertainty workbench: typed, evaluated, printed, saved."""

import json
from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.metrology.errors import MetrologyError
from hengliang.platform.core.ahead import import_ahead
from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.standards.budgets.evaluation import Evaluation
from hengliang.platform.standards.budgets.examples import NAMES, example, title_of
from hengliang.platform.standards.budgets.language import report_language
from hengliang.platform.standards.budgets.paper import pdf
from hengliang.platform.standards.budgets.refusals import words_of
from hengliang.platform.standards.budgets.seen import budgets_seen, versions_seen
from hengliang.platform.standards.budgets.shown import present
from hengliang.platform.standards.budgets.sides import sides
from hengliang.platform.standards.budgets.stored import budget_of, budget_of_file, content_of
from hengliang.platform.standards.forms.bench import Bench
from hengliang.platform.standards.forms.saving import FileForm, ReviseForm, SaveForm
from hengliang.platform.standards.models import Budget, BudgetVersion
from hengliang.platform.standards.rights import require_reader
from hengliang.platform.standards.services import budget_revise, budget_save

LARGEST_FILE = 200_000  # bytes: fifty inputs with their sources take a tenth of it


@login_required
def budget_new(request: Request) -> HttpResponse:
    """The workbench: empty, with an example, or with a file that was opened."""
    require_reader(request.actor)
    if request.method == "POST" and request.POST.get("do") == "open":
        return _opened(request)
    name = request.GET.get("example", "")
    if request.method != "POST" and name:
        if name not in NAMES:
            raise Http404
        return _page(request, Bench.of_budget(*example(name)))
    return _worked(request, Bench.empty())


@login_required
def budget_further(request: Request, pk: int) -> HttpResponse:
    """The workbench with the latest version of a budget, to save the next one."""
    budget = get_object_or_404(budgets_seen(request.actor), pk=pk)
    permit(
        request.actor, "budget_revise", organisations=[budget.organisation_id], region_id=budget.organisation.region_id
    )
    latest = versions_seen(request.actor).filter(budget=budget).order_by("-number")[0]
    return _worked(request, Bench.of_budget(*budget_of(latest.content)), latest)


def _opened(request: Request) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, Bench.empty(), opening=form, status=422)
    try:
        return _page(request, Bench.of_budget(*budget_of_file(_text_of(request.FILES["file"]))))
    except InputRefused as refused:
        form.add_error("file", str(refused))
    except MetrologyError as error:
        form.add_error("file", words_of(error))
    return _page(request, Bench.empty(), opening=form, status=422)


def _text_of(file: Any) -> str:
    with suppress(UnicodeDecodeError):
        if file.size <= LARGEST_FILE:
            return str(file.read().decode())
    raise InputRefused(
        "budget_file", "This is no stored budget: open a JSON file that was downloaded here.", field="file"
    )


def _worked(request: Request, begin: Bench, version: BudgetVersion | None = None) -> HttpResponse:
    """What the button that was pressed asks for; the page to begin with where none was."""
    if request.method != "POST":
        import_ahead("scipy.special")  # the quantiles of t, when a probability is asked for
        return _page(request, begin, version=version)
    do = request.POST.get("do", "evaluate")
    if do in ("rows", "inputs"):
        return _page(request, Bench.reshaped(request.POST, take_inputs=do == "inputs"), version=version)
    bench = Bench.posted(request.POST)
    found = bench.evaluate()
    if found is None:
        return _page(request, bench, version=version, status=422)
    if do == "report":
        return pdf_answer(found)
    if do == "file":
        return file_answer(content_of(found), "budget")
    if do == "save":
        return _saved(request, bench, found, version)
    return _page(request, bench, found, version=version)


def _saved(request: Request, bench: Bench, found: Evaluation, version: BudgetVersion | None) -> HttpResponse:
    form = _save_form(request, version, request.POST)
    if form is None:
        permit(request.actor, "budget_save")
        raise Http404
    try:
        if form.is_valid():
            made = _save(request, form.cleaned_data, found, version)
            return redirect("standards:budget_version", made.budget_id, made.number)
    except PlatformError as refused:
        beside(form, refused)
    return _page(request, bench, found, version=version, saving=form, status=422)


def _save(request: Request, told: dict[str, Any], found: Evaluation, version: BudgetVersion | None) -> BudgetVersion:
    if version is None:
        return budget_save(actor=request.actor, evaluation=found, **told)
    after = _whole(request.POST.get("after", ""))
    return budget_revise(actor=request.actor, budget=version.budget, after=after, evaluation=found, **told)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _save_form(request: Request, version: BudgetVersion | None, data: QueryDict | None = None) -> Any:
    if version is not None:
        return ReviseForm(data)
    own = Organisation.objects.filter(pk__in=request.actor.organisations(BODY_ROLES)).order_by("name")
    return SaveForm(data, organisations=own) if own else None


def _page(
    request: Request,
    bench: Bench,
    found: Evaluation | None = None,
    *,
    version: BudgetVersion | None = None,
    opening: FileForm | None = None,
    saving: Any = None,
    status: int = 200,
) -> HttpResponse:
    budget: Budget | None = version.budget if version else None
    crumbs = [Crumb(_("Uncertainty budgets"), reverse("standards:budget_list"))]
    if budget:
        crumbs.append(Crumb(budget.name, reverse("standards:budget", args=[budget.pk])))
    context = {
        "title": _("New version of %(name)s") % {"name": budget.name} if budget else _("Uncertainty workbench"),
        "crumbs": crumbs,
        "bench": bench,
        "found": found,
        "shown": present(found, report_language()) if found else None,
        "sides": sides(found) if found and found.comparison else [],
        "withheld": words_of(found.withheld) if found and found.withheld else "",
        "examples": [] if budget else [(name, title_of(name)) for name in NAMES],
        "opening": None if budget else opening or FileForm(),
        "saving": saving or (_save_form(request, version) if found else None),
        "version": version,
        "after": request.POST.get("after") or (version.number if version else ""),
    }
    return render(request, "standards/budget_bench.html", context, status=status)


def pdf_answer(found: Evaluation, line: str = "") -> HttpResponse:
    """The report as a download."""
    answer = HttpResponse(pdf(found, report_language(), line=line), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="uncertainty.pdf"'
    return answer


def file_answer(content: dict[str, Any], name: str) -> HttpResponse:
    """The stored form as a download."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer
