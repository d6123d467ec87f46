"""What the ledger holds of the regions of a system, and a complete file of that system does not."""

from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.compare import reach
from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.registry.models import InstrumentState, InstrumentStateQuerySet


def missing_in(batch: InboundBatch, actor: Actor) -> InstrumentStateQuerySet:
    """The instruments in use and under mandatory verification that no row of the batch speaks of."""
    rows = InboundRow.objects.filter(batch=batch)
    named = rows.filter(instrument__isnull=False).values("instrument")
    proposed = rows.filter(proposed__isnull=False).values("proposed")
    here = InstrumentState.objects.current().whole().under_control().filter(region__in=reach(batch, actor))
    return here.exclude(instrument__in=named).exclude(instrument__in=proposed)
