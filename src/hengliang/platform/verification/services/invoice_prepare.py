"""The data of an invoice: what one buyer owes, in lines of item and amount."""

from collections.abc import Sequence
from decimal import Decimal

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.credit_code import credit_code
from hengliang.platform.verification.models import Fee, Invoice
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.states import INVOICE


def invoice_prepare(*, actor: Actor, fees: Sequence[Fee], title: str = "", code: str = "") -> Invoice:
    """Put fees of one buyer at one body on an invoice; title and credit code are those of the buyer unless given.

    Errors: `InputRefused` for nothing to pay, several buyers, or a buyer without a title or code; `Refused` for a fee
    that is on an invoice already.
    """
    _require_one_buyer(fees)
    task = fees[0].task
    body, buyer = task.placed_body, task.owner
    permit(actor, "invoice_prepare", organisations=[body.pk])
    told = (code or buyer.credit_code or "").strip()
    if not told:
        raise InputRefused("no_credit_code", "The invoice needs the buyer’s unified social credit code.", field="code")
    amount = sum((fee.amount for fee in fees), Decimal(0))
    with perform(actor, "invoice_prepare", organisation_id=body.pk, region_id=task.region_id) as act:
        act.subject = made = Invoice.objects.create(
            act=act, number=next_number(body, "invoice", actor.today), body=body, buyer=buyer,
            region_id=task.region_id, title=title.strip() or buyer.name, credit_code=credit_code(told),
            amount=amount, prepared_on=actor.today, state=INVOICE.states[0].code,
        )  # fmt: skip
        enter(INVOICE, made, act)
        taken = Fee.objects.filter(pk__in=[fee.pk for fee in fees], standing=True, invoice=None).update(invoice=made)
        if taken != len(fees):
            raise Refused("fee_taken", "One of these fees is on an invoice already, or was replaced. Reload the list.")
        act.content = {"number": made.number, "amount": str(amount), "fees": [fee.pk for fee in fees]}
    return made


def _require_one_buyer(fees: Sequence[Fee]) -> None:
    if not any(fee.amount for fee in fees):
        raise InputRefused("nothing_to_invoice", "Nothing is to be paid for what was chosen.")
    if len({(fee.task.owner_id, fee.task.body_id) for fee in fees}) > 1:
        raise InputRefused("several_buyers", "An invoice is for one buyer: choose the fees of one.")
