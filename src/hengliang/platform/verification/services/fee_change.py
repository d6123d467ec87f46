"""A fee is changed with its reason, or let off on a ground that the rule knows and a document that shows it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

from django.core.files.base import File

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.verification.fees import CENT, exemption
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Fee


def fee_change(*, actor: Actor, fee: Fee, amount: Decimal, reason: str) -> Fee:
    """Another amount, as agreed anew.

    Errors: `Refused` for a job that is free by law, or once the fee is on an invoice; `InputRefused`.
    """
    _require_open(actor, fee, "fee_change")
    if amount < 0:
        raise InputRefused("fee_negative", "A fee is not below zero.", field="amount")
    with _changing(actor, fee, "fee_change", reason) as act:
        return _replace(act, fee, basis=Fee.Basis.AGREED, amount=amount.quantize(CENT), full=amount.quantize(CENT))


def fee_exempt(
    *, actor: Actor, fee: Fee, ground: str, document: str, reason: str, evidence: "Sequence[File[Any]]" = ()
) -> Fee:
    """Let off a fee, as far as the ground allows, on a named document; files that show it are attached.

    Errors: `InputRefused` without a document or for an unknown ground; `Refused` as for a change.
    """
    _require_open(actor, fee, "fee_exempt")
    if not document.strip():
        raise InputRefused(
            "exemption_document", "Name the document on which the fee is let off: its number or title.",
            field="document",
        )  # fmt: skip
    found = exemption(ground, actor.today)
    left = (fee.full * (1 - found.share)).quantize(CENT)
    with _changing(actor, fee, "fee_exempt", reason) as act:
        made = _replace(
            act, fee, basis=Fee.Basis.EXEMPT, amount=left, full=fee.full, exemption=found.code,
            document=document.strip(), rule={"clause": found.clause},
        )  # fmt: skip
        files = [attachment_add(act=act, subject=made, file=file) for file in evidence]
        act.content |= {"ground": found.code, "document": made.document, "evidence": [file.sha256 for file in files]}
    return made


def _require_open(actor: Actor, fee: Fee, act: str) -> None:
    task = fee.task
    permit(actor, act, organisations=[task.body_id])
    kind = job_kind(task.job, fee.assessed_on)
    if kind.free:
        raise Refused(
            "job_free_of_charge", "“%(job)s” is free of charge: nothing can be charged for it.", job=kind.title
        )
    if not fee.standing:
        raise Refused("fee_replaced", "Another assessment has replaced this one. Reload the page.")
    if fee.invoice_id:
        raise Refused("fee_invoiced", "The fee is on an invoice. Cancel that first.")


def _changing(actor: Actor, fee: Fee, kind: str, reason: str) -> AbstractContextManager[Act]:
    task = fee.task
    return perform(actor, kind, subject=task, reason=reason, organisation_id=task.body_id, region_id=task.region_id)


def _replace(act: Act, fee: Fee, **facts: Any) -> Fee:
    """The new row in place of the old one; of two who change at once, one is refused."""
    if not Fee.objects.filter(pk=fee.pk, standing=True, invoice=None).update(standing=False):
        raise Refused("fee_replaced", "Another assessment has replaced this one. Reload the page.")
    made = Fee.objects.create(act=act, task=fee.task, assessed_on=act.on, **facts)
    act.content = {"task": fee.task_id, "before": str(fee.amount), "amount": str(made.amount), "basis": made.basis}
    return made
