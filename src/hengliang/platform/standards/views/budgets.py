"""Budgets that were saved: list, page, versions, report and file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.standards.budgets.language import report_language
from hengliang.platform.standards.budgets.seen import budgets_seen, versions_seen
from hengliang.platform.standards.budgets.shown import evaluated, shown
from hengliang.platform.standards.models import Budget, BudgetVersion
from hengliang.platform.standards.rights import READERS
from hengliang.platform.standards.tables import BudgetTable, VersionTable
from hengliang.platform.standards.views.budget_bench import file_answer, pdf_answer


@login_required
def budget_list(request: Request) -> HttpResponseBase:
    """The budgets that the actor keeps or oversees, the latest on top."""
    new = Action(_("Open the workbench"), reverse("standards:budget_new"), primary=True)
    actions = [new] if request.actor.has(*READERS) else []
    return BudgetTable().respond(request, budgets_seen(request.actor), actions=actions)


@login_required
def budget(request: Request, pk: int) -> HttpResponseBase:
    """One budget: its latest version, all versions, its history."""
    found = get_object_or_404(budgets_seen(request.actor), pk=pk)
    latest = versions_seen(request.actor).filter(budget=found).order_by("-number")[0]
    return _page(request, found, latest)


@login_required
def budget_version(request: Request, pk: int, number: int) -> HttpResponseBase:
    """One version of a budget, computed again."""
    version = _version(request, pk, number)
    return _page(request, version.budget, version)


def _page(request: Request, found: Budget, version: BudgetVersion) -> HttpResponseBase:
    page = ObjectPage(
        kind=_("Uncertainty budget"),
        name=found.name,
        where=f"{found.organisation.name} · " + _("version %(number)s") % {"number": version.number},
        since=version.saved_on,
        crumbs=[Crumb(_("Uncertainty budgets"), reverse("standards:budget_list"))],
        actions=_actions(request, version),
        overview=lambda _r: _overview(version),
        records=lambda r: VersionTable().embed(r, versions_seen(r.actor).filter(budget=found)),  # type: ignore[attr-defined]
        history=lambda _r: history_tab(found),
    )
    return page.respond(request)


def _overview(version: BudgetVersion) -> SafeString:
    told = shown(version.content, report_language())
    again = _("the same to 12 digits") if told.same else _("differs from what was stored")
    return facts(
        Fact(_("Result"), version.content["computed"]["stated"]),
        Fact(_("Version"), version.number, note=version.note),
        Fact(_("Saved on"), version.saved_on, note=getattr(version, "by", "")),
        Fact(_("Computed again just now"), again),
        Fact("SHA-256", version.sha256, note=_("of the content, as committed to in the log")),
        title=_("Particulars"),
    ) + SafeString(render_to_string("standards/budget_shown.html", {"shown": told}))


def _actions(request: Request, version: BudgetVersion) -> list[Action]:
    at, owner = [version.budget_id, version.number], version.budget.organisation
    may = is_permitted(request.actor, "budget_revise", organisations=[owner.pk], region_id=owner.region_id)
    further = Action(_("New version"), reverse("standards:budget_revise", args=[version.budget_id]), primary=True)
    return [
        *([further] if may else []),
        Action(_("Report (PDF)"), reverse("standards:budget_report", args=at)),
        Action(_("File (JSON)"), reverse("standards:budget_file", args=at)),
    ]


@login_required
def budget_report(request: Request, pk: int, number: int) -> HttpResponse:
    """The report of a version as PDF."""
    version = _version(request, pk, number)
    line = f"{version.budget.name} v{version.number} · {version.saved_on} · SHA-256 {version.sha256}"
    return pdf_answer(evaluated(version.content), line)


@login_required
def budget_file(request: Request, pk: int, number: int) -> HttpResponse:
    """The stored form of a version, to be computed again anywhere."""
    return file_answer(_version(request, pk, number).content, f"budget-{pk}-v{number}")


def _version(request: Request, pk: int, number: int) -> BudgetVersion:
    return get_object_or_404(versions_seen(request.actor), budget_id=pk, number=number)
