"""What came back from the invoicing system, and an invoice that is none any more."""

from datetime import date

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.models import Invoice
from hengliang.platform.verification.services.fee_lapse import fees_lapse
from hengliang.platform.verification.states import INVOICE


def invoice_enter(*, actor: Actor, invoice: Invoice, invoice_number: str, invoiced_on: date) -> None:
    """The number and the date that the body's invoicing system gave.

    Errors: `InputRefused` for a number that stands already, an empty one, or a day to come.
    """
    permit(actor, "invoice_enter", organisations=[invoice.body_id])
    if not invoice_number.strip():
        raise InputRefused("no_invoice_number", "Enter the number that stands on the invoice.", field="invoice_number")
    if not invoice.prepared_on <= invoiced_on <= actor.today:
        raise InputRefused("invoiced_on", "The day lies between the request and today.", field="invoiced_on")
    with perform(actor, "invoice_enter", subject=invoice, organisation_id=invoice.body_id) as act:
        _write(act, invoice, invoice_number.strip(), invoiced_on)
        act.content = {"invoice_number": invoice.invoice_number, "invoiced_on": invoiced_on.isoformat()}


def _write(act: Act, invoice: Invoice, number: str, on: date) -> None:
    known = Invoice.objects.filter(body=invoice.body_id, invoice_number=number, state="invoiced")
    if known.exclude(pk=invoice.pk).exists():
        raise InputRefused(
            "invoice_number_known", "An invoice with this number is entered already.", field="invoice_number"
        )
    INVOICE.target("invoice_enter", invoice.state)
    try:
        with transaction.atomic():
            Invoice.objects.filter(pk=invoice.pk).update(invoice_number=number, invoiced_on=on)
            move(INVOICE, invoice, act)
    except IntegrityError:
        raise InputRefused(
            "invoice_number_known", "An invoice with this number is entered already.", field="invoice_number"
        ) from None
    invoice.invoice_number, invoice.invoiced_on = number, on


def invoice_cancel(*, actor: Actor, invoice: Invoice, reason: str) -> None:
    """An invoice is cancelled (作废或红冲 in the invoicing system).

    Its fees can be invoiced again; those of work that was cancelled lapse.
    """
    permit(actor, "invoice_cancel", organisations=[invoice.body_id])
    with perform(actor, "invoice_cancel", subject=invoice, reason=reason, organisation_id=invoice.body_id) as act:
        move(INVOICE, invoice, act)
        freed = list(invoice.fees.select_related("task"))
        act.content = {"fees": [fee.pk for fee in freed]}
        invoice.fees.update(invoice=None)
        fees_lapse(fee.task for fee in freed if fee.task.state == "cancelled")
