"""A file is read and compared with what is here; neither side is changed by it."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.compare import compare, counted
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.exchange.only_here import missing_in
from hengliang.platform.exchange.port import adapter_of
from hengliang.platform.exchange.services.batch_receive import refuse_closed
from hengliang.platform.exchange.services.one_at_a_time import hold_batch
from hengliang.platform.exchange.staging import stage
from hengliang.platform.exchange.states import BATCH
from hengliang.platform.registry.imports.sheet import Sheet
from hengliang.platform.registry.services import import_drop

FOUND = ("counts", "filing", "headers", "missing", "notices", "problem", "profile_used", "rows")


def batch_read(*, actor: Actor, batch: InboundBatch, told: Told = silent) -> InboundBatch:
    """Read and compare a file, or refuse it as a whole; what came of its rows stands at the rows.

    Called again, it compares anew with the ledger as it is now.
    """
    acting_for(actor, "batch_read", batch.system)
    refuse_closed(batch.system)
    BATCH.target("batch_read", batch.state)
    try:
        sheet = adapter_of(batch.system.adapter).read(
            batch.sha256, profile_of(batch.system, actor.today), batch.kind
        )  # fmt: skip
        with transaction.atomic():
            return _read(actor, batch, sheet, told)
    except InputRefused as refused:
        return _refuse(actor, batch, refused)


def _read(actor: Actor, batch: InboundBatch, sheet: Sheet, told: Told) -> InboundBatch:
    profile = profile_of(batch.system, actor.today)
    hold_batch(batch)
    forget(actor, batch)
    batch.rows = stage(batch, sheet, profile, actor.today, told)
    told("comparing", batch.rows)
    compare(batch, profile, actor, told)
    with perform(actor, "batch_read", subject=batch, organisation_id=batch.organisation_id,
                 region_id=batch.system.region_id) as act:  # fmt: skip
        batch.counts, batch.problem = counted(batch), {}
        batch.missing = missing_in(batch, actor).count() if batch.complete else 0
        batch.notices = [[notice.code, notice.params] for notice in sheet.notices]
        batch.profile_used = dict(profile.content)
        batch.save(
            update_fields=["counts", "filing", "headers", "missing", "notices", "problem", "profile_used", "rows"]
        )
        act.content = {"rows": batch.rows, "counts": batch.counts, "missing": batch.missing}
        move(BATCH, batch, act)
    return batch


def forget(actor: Actor, batch: InboundBatch) -> None:
    """Take away what an earlier comparison left."""
    InboundRow.objects.filter(batch=batch).delete()
    if batch.filing is not None and batch.filing.state in {"received", "checked", "unreadable"}:
        import_drop(actor=actor, batch=batch.filing)


def _refuse(actor: Actor, batch: InboundBatch, refused: InputRefused) -> InboundBatch:
    with perform(actor, "batch_refuse", subject=batch, organisation_id=batch.organisation_id,
                 region_id=batch.system.region_id) as act:  # fmt: skip
        InboundRow.objects.filter(batch=batch).delete()
        params = {name: str(value) for name, value in refused.params.items()}
        batch.problem = {"code": refused.code, "template": refused.template, "params": params}
        batch.rows, batch.counts = 0, {}
        batch.save(update_fields=["problem", "rows", "counts"])
        move(BATCH, batch, act)
    return batch
