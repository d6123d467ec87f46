"""Invoices: their data for the invoicing system, and the number that comes back."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside, form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.verification.forms.counter import InvoiceForm, InvoiceNumberForm
from hengliang.platform.verification.invoices import invoice_data, invoice_sheet, require_live
from hengliang.platform.verification.models import Fee, Invoice
from hengliang.platform.verification.services import (
    invoice_cancel,
    invoice_enter,
    invoice_prepare,
)
from hengliang.platform.verification.tables.counter import FeeTable, InvoiceTable

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
        try:
            made = invoice_prepare(actor=request.actor, fees=fees, **ask.form.cleaned_data)
        except PlatformError as refused:
            beside(ask.form, refused)
        else:
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
    return [*may[:1], *([] if shown.state == "cancelled" else files), *may[1:]]


@login_required
def invoice_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The data of an invoice as a file for the invoicing system."""
    shown = _invoice(request, pk)
    require_live(shown)
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
    back = reverse("verification:invoice", args=[pk])

    def entered() -> str:
        invoice_enter(actor=request.actor, invoice=shown, **form.cleaned_data)
        return back

    verb = _("Enter the invoice’s number")
    return form_page(request, form, entered, title=verb, verb=verb, back=back)


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
