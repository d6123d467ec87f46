"""What the ledger holds of the regions of a system, and a complete file of that system does not."""

from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.compare import reach
from hengliang.platform.exchange.models import InboundBatch, InboundRow, OutsideId
from hengliang.platform.registry.models import InstrumentState, InstrumentStateQuerySet


def missing_in(batch: InboundBatch, actor: Actor) -> InstrumentStateQuerySet:
    """The instruments in use and under mandatory verification that no row of the batch speaks of.

    A row that was refused for what it says still speaks of the instrument that its number names.
    """
    rows = InboundRow.objects.filter(batch=batch)
    named = rows.filter(instrument__isnull=False).values("instrument")
    proposed = rows.filter(proposed__isnull=False).values("proposed")
    refused = rows.filter(outcome=InboundRow.Outcome.REFUSED).exclude(outside_id="")
    links = OutsideId.objects.known().filter(system=batch.system, kind=OutsideId.Kind.INSTRUMENT, valid_to=None)
    by_number = links.filter(value__in=refused.values("outside_id")).values("instrument")
    here = InstrumentState.objects.current().whole().under_control().filter(region__in=reach(batch, actor))
    return here.exclude(instrument__in=named).exclude(instrument__in=proposed).exclude(instrument__in=by_number)
