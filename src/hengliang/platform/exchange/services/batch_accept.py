"""A compared file is accepted: each row gets its receipt, new rows go the way of the ledger's own acts, differences
are put up to be settled. Nothing that stands here is changed by it."""

from typing import Any

from django.db import connection, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act, begin
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.compare import counted, look_again, parameters
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import (
    AgreedValues,
    Discrepancy,
    InboundBatch,
    InboundRow,
    OutsideId,
    OutsideSystem,
)
from hengliang.platform.exchange.reconcile import reconcile
from hengliang.platform.exchange.services.batch_receive import refuse_closed, refuse_older
from hengliang.platform.exchange.sql import statement
from hengliang.platform.exchange.states import BATCH
from hengliang.platform.exchange.task_rows import apply_rows
from hengliang.platform.registry.services import instrument_import

Outcome, Receipt = InboundRow.Outcome, InboundRow.Receipt
_RECEIPTS = {
    Outcome.NEW: Receipt.ACCEPTED, Outcome.SAME: Receipt.ACCEPTED, Outcome.DIFFERENT: Receipt.WAITING,
    Outcome.CONFLICT: Receipt.WAITING, Outcome.PROPOSED: Receipt.WAITING, Outcome.REFUSED: Receipt.REFUSED,
}  # fmt: skip


def batch_accept(*, actor: Actor, batch: InboundBatch, told: Told = silent) -> InboundBatch:
    """Accept a file as one whole.

    Errors: `NotPermitted`; `StaleWrite` if the ledger has changed so that the file would do something else than was
    shown: have it compared again.
    """
    acting_for(actor, "batch_accept", batch.system)
    refuse_closed(batch.system)
    with transaction.atomic():
        # Of the row only what its key is not: other files of the system may come in meanwhile.
        OutsideSystem.objects.select_for_update(no_key=True).only("pk").get(pk=batch.system_id)
        BATCH.target("batch_accept", batch.state)
        if batch.kind == InboundBatch.Kind.LEDGER:
            if batch.complete:
                refuse_older(batch.system, batch.stated_on)
            _file(actor, batch, told)
        applied = apply_rows(actor, batch, told) if batch.kind == InboundBatch.Kind.TASKS else {}
        with perform(actor, "batch_accept", subject=batch, organisation_id=batch.organisation_id,
                     region_id=batch.system.region_id) as act:  # fmt: skip
            raised = 0
            if batch.kind == InboundBatch.Kind.LEDGER:
                raised = _link(actor, batch, act, told)
            elif batch.kind == InboundBatch.Kind.TASKS:
                for value, task in applied.items():
                    begin(OutsideId, act=act, on=act.on, system=batch.system, kind="task", value=value, task=task)
            else:
                _answer(batch, act)
            _put_receipts(batch)
            batch.counts, batch.accepted_by, batch.problem = counted(batch), act, {}
            batch.save(update_fields=["counts", "accepted_by", "problem"])
            act.content = {"sha256": batch.sha256, "counts": batch.counts, "differences": raised}
            move(BATCH, batch, act)
    return batch


def _put_receipts(batch: InboundBatch) -> None:
    """What each row is answered; a receipt that says otherwise than before is taken like any other."""
    rows = InboundRow.objects.filter(batch=batch)
    for outcome, receipt in _RECEIPTS.items():
        rows.filter(outcome=outcome).update(receipt=receipt)
    if batch.kind == InboundBatch.Kind.RECEIPTS:
        rows.filter(outcome=Outcome.DIFFERENT).update(receipt=Receipt.ACCEPTED)


def _file(actor: Actor, batch: InboundBatch, told: Told) -> None:
    """Let the ledger's import write the new rows; it checks them once more."""
    if batch.filing is None:
        return
    instrument_import(actor=actor, batch=batch.filing, leave_out_refused=True, told=told)
    look_again(batch, "exchange_inboundrow", "registry_instrument", "registry_instrumentstate")
    with connection.cursor() as cursor:
        cursor.execute(statement("filed"), {"batch": batch.pk, "filed_by": batch.filing.applied_by_id})


def _link(actor: Actor, batch: InboundBatch, act: Act, told: Told) -> int:
    asked = parameters(batch, profile_of(batch.system, actor.today), actor)
    asked.update(act=act.pk, at=act.at, on=act.on)
    told("linking", batch.rows)
    look_again(batch, "exchange_inboundrow")
    with connection.cursor() as cursor:
        cursor.execute(statement("link"), asked)
        cursor.execute(statement("agree"), asked)
    act.tables = (OutsideId, AgreedValues, Discrepancy)
    return reconcile(batch, act, actor, told)


def _answer(batch: InboundBatch, act: Act) -> None:
    """Put the receipts to the rows that were sent, and keep the numbers that the other side gave our proofs."""
    asked: dict[str, Any] = {"batch": batch.pk, "system": batch.system_id, "act": act.pk, "at": act.at, "on": act.on}
    with connection.cursor() as cursor:
        cursor.execute(statement("answer"), asked)
        cursor.execute(statement("number"), asked)
    act.tables = (OutsideId,)
