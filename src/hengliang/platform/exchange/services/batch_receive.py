"""A file of an outside system is brought in; it waits to be compared."""

from collections.abc import Iterable
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, TransitionRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import enter
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import InboundBatch, OutsideSystem
from hengliang.platform.exchange.states import ACCEPTED, ACTIVE, BATCH, COMPARED, RECEIVED
from hengliang.platform.registry.imports.holding import hold
from hengliang.platform.registry.services.import_receive import require_role


def batch_receive(
    *,
    actor: Actor,
    system: OutsideSystem,
    kind: str,
    file_name: str,
    chunks: Iterable[bytes],
    complete: bool = False,
    stated_on: date | None = None,
) -> InboundBatch:
    """Keep a file. `complete` says that it holds all that the other system has of the region, so that what is missing
    in it is only here. The same file that waits already is that batch, not another.

    Errors: `NotPermitted`; `InputRefused` for an empty or too large file, a day ahead, a kind the profile lacks, a
    complete file of a day before what was taken in last.
    """
    by = acting_for(actor, "batch_receive", system)
    if kind == InboundBatch.Kind.LEDGER:
        require_role(actor, "import_receive")  # its new rows go the way of the ledger's own import
    refuse_closed(system)
    day = stated_on or actor.today
    if day > actor.today:
        raise InputRefused("day_ahead", "%(day)s has not come yet.", field="stated_on", day=day)
    if kind not in profile_of(system, actor.today).inbound:
        raise InputRefused(
            "kind_not_mapped", "The mapping of “%(system)s” has no such file. Add it, or choose another kind.",
            field="kind", system=system.name,
        )  # fmt: skip
    if complete and kind == InboundBatch.Kind.LEDGER:
        refuse_older(system, day)
    held = hold(chunks)
    waiting = InboundBatch.objects.filter(system=system, kind=kind, sha256=held.sha256, organisation_id=by)
    known = waiting.filter(state__in=[RECEIVED, COMPARED], complete=complete, stated_on=day)
    if (same := known.first()) is not None:
        return same
    with perform(actor, "batch_receive", organisation_id=by, region_id=system.region_id) as act:
        act.subject = batch = InboundBatch.objects.create(
            act=act, system=system, organisation_id=by, kind=kind, complete=complete and kind == "ledger",
            stated_on=day, file_name=file_name[-255:], sha256=held.sha256, size=held.size,
            state=BATCH.states[0].code,
        )  # fmt: skip
        enter(BATCH, batch, act)
        act.content = {"system": system.code, "kind": kind, "sha256": held.sha256, "size": held.size}
    return batch


def refuse_closed(system: OutsideSystem) -> None:
    """Refuse an exchange with a system that is closed."""
    if system.state != ACTIVE:
        raise TransitionRefused(
            "system_closed", "“%(system)s” is closed. Open it again to exchange anything.", system=system.name
        )


def refuse_older(system: OutsideSystem, stated_on: date) -> None:
    """Refuse a complete file of a day before what was taken in last: what came in since would be only here.

    Errors: `InputRefused`.
    """
    later = InboundBatch.objects.filter(
        system=system, kind=InboundBatch.Kind.LEDGER, state=ACCEPTED, stated_on__gt=stated_on
    )  # fmt: skip
    if (last := later.order_by("-stated_on").first()) is not None:
        raise InputRefused(
            "file_older",
            "A file of %(day)s has been taken in. One that holds all can't be of a day before; export it anew.",
            field="stated_on", day=last.stated_on,
        )  # fmt: skip
