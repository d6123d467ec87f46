"""Fees and invoices."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.fees import exemptions
from hengliang.platform.verification.forms_counter import AmountForm, ExemptionForm, InvoiceForm, InvoiceNumberForm
from hengliang.platform.verification.invoices import invoice_data, invoice_sheet
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import Fee, Invoice, Task
from hengliang.platform.verification.services import (
    fee_assess,
    fee_change,
    fee_exempt,
    invoice_cancel,
    invoice_enter,
    invoice_prepare,
)
from hengliang.platform.verification.tables_counter import FeeTable, InvoiceTable
from hengliang.platform.verification.totals import months_of

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        notice="" if shown.standing else _("Replaced by a later assessment."),
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


def _task_url(shown: Fee) -> str:
    return reverse("verification:task", args=[shown.task_id])


def _from(shown: Fee) -> str:
    said = shown.rule
    return " ".join(str(said[key]) for key in ("rule", "edition", "clause") if said.get(key))


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
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda said: fee_change(actor=request.actor, fee=shown, **said))
        if made is not None:
            return redirect("verification:fee", made.pk)
    return _form(request, _("Change the fee"), form, reverse("verification:fee", args=[pk]))


@login_required
def fee_let_off(request: Request, pk: int) -> HttpResponse:
    """The fee is let off on a document."""
    shown = _fee(request, pk)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExemptionForm(*given, on=request.actor.today)
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        file = said.pop("evidence")
        made = _tried(
            form, lambda _s: fee_exempt(actor=request.actor, fee=shown, evidence=[file] if file else [], **said)
        )
        if made is not None:
            return redirect("verification:fee", made.pk)
    return _form(request, _("Let off the fee"), form, reverse("verification:fee", args=[pk]))


def _tried(form: Any, act: Any) -> Any:
    """What the act made; or its refusal beside the field."""
    try:
        return act(form.cleaned_data)
    except InputRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    except PlatformError as refused:
        form.add_error(None, str(refused))
    return None


def _form(request: Request, title: str, form: Any, back: str, lead: str = "") -> HttpResponse:
    context = {"title": title, "form": form, "verb": title, "back": back, "lead": lead}
    return render(request, "core/form/page.html", context, status=422 if form.errors else 200)


@login_required
def invoice_list(request: Request) -> HttpResponseBase:
    """Invoices asked for and made."""
    crumbs = [Crumb(_("Fees"), reverse("verification:fee_list"))]
    return InvoiceTable().respond(request, Invoice.objects.visible_to(request.actor), crumbs=crumbs)


@login_required
@require_POST
def invoice_new(request: Request) -> HttpResponse:
    """The ticked fees of one customer go on an invoice."""
    rows = Fee.objects.visible_to(request.actor).filter(standing=True).select_related("task__owner", "task__body")
    fees = list(FeeTable().selected(request, rows))
    buyer = fees[0].task.owner if fees else None
    total = sum(fee.amount for fee in fees)
    ask = Confirmation(
        title=_("Prepare an invoice"), verb=_("Prepare"), back=reverse("verification:fee_list"), affected=len(fees),
        form_class=InvoiceForm, carry=Selection.from_post(request).fields(),
        initial={"title": buyer.name, "code": buyer.credit_code or ""} if buyer else {},
        consequences=[_("%(amount)s CNY in all; nothing of it changes until the invoice is cancelled.")
                      % {"amount": total}],
    )  # fmt: skip
    if ask.confirmed(request) and ask.form is not None:
        made = _tried(ask.form, lambda said: invoice_prepare(actor=request.actor, fees=fees, **said))
        if made is not None:
            return redirect("verification:invoice", made.pk)
    return ask.respond(request)


def _invoice(request: Request, pk: int) -> Invoice:
    return get_object_or_404(Invoice.objects.visible_to(request.actor).select_related("body", "buyer"), pk=pk)


@login_required
def invoice(request: Request, pk: int) -> HttpResponseBase:
    """One invoice: its data, to be taken over by the body's invoicing system, and the number that came back."""
    shown = _invoice(request, pk)
    page = ObjectPage(
        kind=_("Invoice"),
        name=shown.number,
        where=shown.title,
        state=f"invoice.{shown.state}",
        since=shown.prepared_on,
        crumbs=[Crumb(_("Fees"), reverse("verification:fee_list")),
                Crumb(_("Invoices"), reverse("verification:invoice_list"))],
        actions=_invoice_actions(request, shown),
        overview=lambda _r: facts(
            Fact(_("Buyer’s title"), shown.title),
            Fact(_("Unified social credit code"), shown.credit_code),
            Fact(_("Amount"), f"{shown.amount} {_('CNY')}"),
            Fact(_("Invoice number"), shown.invoice_number),
            Fact(_("Invoiced on"), shown.invoiced_on),
            *(Fact(line["name"], f"{line['amount']} {_('CNY')}", note=f"{line['quantity']} × {line['price']}")
              for line in invoice_data(shown)["lines"]),
            title=_("Particulars"),
        ),
        records=lambda r: FeeTable().embed(
            r, shown.fees.select_related("task__instrument", "task__owner", "invoice")
        ),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _invoice_actions(request: Request, shown: Invoice) -> list[Action]:
    verbs = {
        "invoice_enter": ("prepared", Action(_("Enter the number"),
                                             reverse("verification:invoice_enter", args=[shown.pk]), primary=True)),
        "invoice_cancel": ("prepared invoiced", Action(_("Cancel the invoice"),
                                                       reverse("verification:invoice_cancel", args=[shown.pk]),
                                                       danger=True)),
    }  # fmt: skip
    may = [
        verb
        for act, (states, verb) in verbs.items()
        if shown.state in states.split() and is_permitted(request.actor, act, organisations=[shown.body_id])
    ]
    files = [
        Action(kind.upper(), reverse("verification:invoice_file", args=[shown.pk, kind])) for kind in ("xlsx", "json")
    ]
    return [*may[:1], *files, *may[1:]]


@login_required
def invoice_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The data of an invoice as a file for the invoicing system."""
    shown = _invoice(request, pk)
    if kind == "json":
        answer: HttpResponse = JsonResponse(
            json.loads(json.dumps(invoice_data(shown), default=str)), json_dumps_params={"ensure_ascii": False}
        )
    else:
        answer = HttpResponse(invoice_sheet(shown), content_type=SHEET)
    answer["Content-Disposition"] = f'attachment; filename="{shown.number}.{kind}"'
    return answer


@login_required
def invoice_number(request: Request, pk: int) -> HttpResponse:
    """Number and date come back from the invoicing system."""
    shown = _invoice(request, pk)
    form = InvoiceNumberForm(request.POST or None, initial={"invoiced_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            invoice_enter(actor=request.actor, invoice=shown, **form.cleaned_data)
            return redirect("verification:invoice", pk)
        except InputRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return _form(request, _("Enter the invoice’s number"), form, reverse("verification:invoice", args=[pk]))


@login_required
def invoice_drop(request: Request, pk: int) -> HttpResponse:
    """An invoice is cancelled."""
    shown = _invoice(request, pk)
    ask = Confirmation(
        title=_("Cancel %(number)s") % {"number": shown.number}, verb=_("Cancel the invoice"), danger=True, affected=1,
        back=reverse("verification:invoice", args=[pk]),
        consequences=[_("Its fees can be invoiced again. Cancel it in the invoicing system too.")],
    )  # fmt: skip
    if ask.confirmed(request):
        invoice_cancel(actor=request.actor, invoice=shown, reason=ask.reason)
        return redirect("verification:invoice", pk)
    return ask.respond(request)
