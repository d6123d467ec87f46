"""A file that waits is thrown away."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.models import InboundBatch
from hengliang.platform.exchange.services.batch_read import forget
from hengliang.platform.exchange.states import ACCEPTED, BATCH, COMPARED, RECEIVED, UNREADABLE
from hengliang.platform.registry.imports.holding import path_of


def batch_drop(*, actor: Actor, batch: InboundBatch) -> None:
    """Drop a file with its rows; nothing of it was written. Its bytes go where no other batch needs them."""
    acting_for(actor, "batch_drop", batch.system)
    BATCH.target("batch_drop", batch.state)
    with transaction.atomic():
        forget(actor, batch)
        with perform(actor, "batch_drop", subject=batch, organisation_id=batch.organisation_id,
                     region_id=batch.system.region_id) as act:  # fmt: skip
            move(BATCH, batch, act)
    waiting = InboundBatch.objects.filter(sha256=batch.sha256, state__in=[RECEIVED, COMPARED, UNREADABLE, ACCEPTED])
    if not waiting.exists():
        path_of(batch.sha256).unlink(missing_ok=True)
