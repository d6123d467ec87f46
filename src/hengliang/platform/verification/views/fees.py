"""Fees: what was assessed, changed, let off."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.fees import exemptions
from hengliang.platform.verification.forms.counter import AmountForm, ExemptionForm
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import Fee, Invoice, Task
from hengliang.platform.verification.services import (
    fee_assess,
    fee_change,
    fee_exempt,
)
from hengliang.platform.verification.tables.counter import FeeTable
from hengliang.platform.verification.totals import months_of


@login_required
def fee_list(request: Request) -> HttpResponseBase:
    """What was assessed and still counts."""
    rows = Fee.objects.visible_to(request.actor).filter(standing=True)
    actions = [
        Action(_("By month"), reverse("verification:fee_months")),
        Action(_("Invoices"), reverse("verification:invoice_list")),
    ]
    return FeeTable().respond(
        request, rows.select_related("task__instrument", "task__owner", "invoice"), actions=actions
    )


@login_required
def fee_months(request: Request) -> HttpResponse:
    """Totals by month: assessed, let off, free, invoiced."""
    context = {
        "title": _("Fees by month"), "months": months_of(request.actor),
        "crumbs": [Crumb(_("Fees"), reverse("verification:fee_list"))],
    }  # fmt: skip
    return render(request, "verification/counter_months.html", context)


def _fee(request: Request, pk: int) -> Fee:
    rows = Fee.objects.visible_to(request.actor).select_related("task__instrument", "task__owner", "invoice")
    return get_object_or_404(rows, pk=pk)


@login_required
def fee(request: Request, pk: int) -> HttpResponseBase:
    """One fee: how much, why, and what became of it."""
    shown = _fee(request, pk)
    ground = exemptions(shown.assessed_on).get(shown.exemption)
    page = ObjectPage(
        kind=_("Fee"),
        name=f"{spoken(shown.task.instrument.name)} {shown.task.instrument.printed_code}",
        where=shown.task.owner.name,
        since=shown.assessed_on,
        notice=_lapsed(shown),
        crumbs=[Crumb(_("Fees"), reverse("verification:fee_list"))],
        actions=_fee_actions(request, shown),
        overview=lambda _r: facts(
            Fact(_("Kind of job"), job_title(shown.task.job, shown.assessed_on), url=_task_url(shown)),
            Fact(_("Amount"), f"{shown.amount} {_('CNY')}" if shown.amount else _("free")),
            Fact(_("Basis"), shown.get_basis_display(), note=_from(shown)),
            *([Fact(_("Without exemption"), f"{shown.full} {_('CNY')}")] if shown.basis == "exempt" else []),
            *([Fact(_("Ground"), ground.title, note=shown.document)] if ground else []),
            *([Fact(_("Invoice"), shown.invoice.number, url=_invoice_url(shown.invoice))] if shown.invoice else []),
            title=_("Particulars"),
        ),
        history=lambda _r: history_tab(shown.task),
    )
    return page.respond(request)


@login_required
def fee_assessed(request: Request, pk: int) -> HttpResponse:
    """The fee of a task for which no price was known when it was accepted."""
    task = get_object_or_404(Task.objects.visible_to(request.actor), pk=pk)
    back = reverse("verification:task", args=[pk])
    ask = Confirmation(
        title=_("Assess the fee"), verb=_("Assess"), back=back, affected=1, reason_needed=False,
        consequences=[_("By the kind of job, the agreement, or the fee rule of today.")],
    )  # fmt: skip
    if ask.confirmed(request):
        return redirect("verification:fee", fee_assess(actor=request.actor, task=task).pk)
    return ask.respond(request)


def _lapsed(shown: Fee) -> str:
    """Why a fee does not count; nothing while it does."""
    if shown.standing:
        return ""
    if shown.task.state == "cancelled":
        return _("The verification was cancelled: nothing is charged.")
    return _("Replaced by a later assessment.")


def _task_url(shown: Fee) -> str:
    return reverse("verification:task", args=[shown.task_id])


def _from(shown: Fee) -> str:
    said = shown.rule
    norm = rules().get(said.get("rule", ""))
    title = titled(norm.at(shown.assessed_on).title) if norm else said.get("rule")
    return " ".join(str(told) for told in (title, said.get("edition"), said.get("clause")) if told)


def _invoice_url(shown: Invoice) -> str:
    return reverse("verification:invoice", args=[shown.pk])


def _fee_actions(request: Request, shown: Fee) -> list[Action]:
    if not shown.standing or shown.invoice_id or job_kind(shown.task.job, shown.assessed_on).free:
        return []
    verbs = {
        "fee_change": Action(_("Change the fee"), reverse("verification:fee_change", args=[shown.pk])),
        "fee_exempt": Action(_("Let off"), reverse("verification:fee_exempt", args=[shown.pk])),
    }
    body = [shown.task.body_id]
    return [verb for act, verb in verbs.items() if is_permitted(request.actor, act, organisations=body)]


@login_required
def fee_amount(request: Request, pk: int) -> HttpResponse:
    """Another amount, with the reason."""
    shown = _fee(request, pk)
    form = AmountForm(request.POST or None, initial={"amount": shown.amount})

    def changed() -> str:
        return _at(fee_change(actor=request.actor, fee=shown, **form.cleaned_data))

    verb = _("Change the fee")
    return form_page(request, form, changed, title=verb, verb=verb, back=_at(shown))


@login_required
def fee_let_off(request: Request, pk: int) -> HttpResponse:
    """The fee is let off on a document."""
    shown = _fee(request, pk)
    form = ExemptionForm(*given(request), on=request.actor.today)

    def let_off() -> str:
        said = dict(form.cleaned_data)
        file = said.pop("evidence")
        return _at(fee_exempt(actor=request.actor, fee=shown, evidence=[file] if file else [], **said))

    verb = _("Let off the fee")
    return form_page(request, form, let_off, title=verb, verb=verb, back=_at(shown))


def _at(shown: Fee) -> str:
    return reverse("verification:fee", args=[shown.pk])
