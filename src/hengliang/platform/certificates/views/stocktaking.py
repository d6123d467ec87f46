"""Pages of stocktaking: list, begin, one with its findings, explain."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.certificates.forms.stock import CountForm, SettleForm
from hengliang.platform.certificates.mark_tables import StocktakingTable
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.models import Stocktaking, StocktakingFinding
from hengliang.platform.certificates.services import stock_count, stock_settle
from hengliang.platform.certificates.views.stock import body_or_404
from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit


def _seen(request: Request) -> "QuerySet[Stocktaking]":
    rows = Stocktaking.objects.visible_to(request.actor).select_related("body", "person")
    return rows.annotate(open_findings=Count("findings", filter=Q(findings__settled_by=None)))


@login_required
def stocktaking_list(request: Request) -> HttpResponseBase:
    """What was counted at the actor's body, or at those overseen."""
    return StocktakingTable().respond(request, _seen(request))


@login_required
def stocktaking(request: Request, pk: int) -> HttpResponseBase:
    """One stocktaking: what should be there, what was counted, how each difference was explained."""
    shown = get_object_or_404(_seen(request), pk=pk)
    where = shown.person.name if shown.person else _("In the store")
    page = ObjectPage(
        kind=_("Stocktaking"),
        name=f"{kind_title(shown.kind, request.actor.today)} · {where}",
        where=shown.body.name,
        state=f"stocktaking.{shown.state}",
        since=shown.on,
        crumbs=[
            Crumb(_("Stock of marks"), reverse("certificates:stock", args=[shown.body_id])),
            Crumb(_("Stocktakings"), reverse("certificates:stocktaking_list")),
        ],
        overview=lambda _r: _overview(request, shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _overview(request: Request, shown: Stocktaking) -> SafeString:
    particulars = facts(
        Fact(_("Counted on"), shown.on),
        Fact(_("What should be there"), listed(shown.expected) or _("none")),
        Fact(_("What was counted"), listed(shown.counted) or _("none")),
        title=_("Particulars"),
    )
    may = is_permitted(request.actor, "stock_settle", organisations=[shown.body_id], region_id=shown.body.region_id)
    rows = [(one, words_of_finding(one)) for one in shown.findings.order_by("pk")]
    context = {"rows": rows, "may": may}
    return SafeString(particulars + render_to_string("certificates/findings.html", context))


def words_of_finding(finding: StocktakingFinding) -> str:
    """The numbers of a finding as people write them."""
    low, high = (f"{finding.prefix}{one:0{finding.width}d}" for one in (finding.first, finding.last))
    return low if low == high else f"{low}–{high}"


@login_required
def stock_counting(request: Request, body_pk: int) -> HttpResponse:
    """Marks are counted."""
    body = body_or_404(request, body_pk)
    permit(request.actor, "stock_count", organisations=[body.pk], region_id=body.region_id)
    form = CountForm(request.POST or None, body=body, today=request.actor.today)

    def enter(**told: Any) -> str:
        made = stock_count(actor=request.actor, body=body, **told)
        return reverse("certificates:stocktaking", args=[made.pk])

    back = reverse("certificates:stock", args=[body.pk])
    return form_page(
        request,
        form,
        lambda: enter(**form.cleaned_data),
        title=_("Count marks"),
        verb=_("Compare with the books"),
        back=back,
    )


@login_required
def finding_settle(request: Request, pk: int) -> HttpResponse:
    """A difference is explained."""
    rows = StocktakingFinding.objects.filter(stocktaking__in=Stocktaking.objects.visible_to(request.actor))
    finding = get_object_or_404(rows.select_related("stocktaking__body", "stocktaking__person", "series"), pk=pk)
    count = finding.stocktaking
    permit(request.actor, "stock_settle", organisations=[count.body_id], region_id=count.body.region_id)
    form = SettleForm(request.POST or None, finding=finding)
    back = reverse("certificates:stocktaking", args=[count.pk])

    def enter(outcome: str, explanation: str) -> None:
        stock_settle(actor=request.actor, finding=finding, outcome=outcome, explanation=explanation)

    title = f"{finding.get_what_display()} {words_of_finding(finding)}"
    return form_page(
        request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Explain a difference"), back=back
    )
