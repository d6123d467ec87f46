"""A proof is withdrawn: the ledger returns to what it said before that verification."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import not_ahead
from hengliang.platform.registry.services.verification_result_enter import write_result


def verification_result_withdraw(
    *,
    actor: Actor,
    act: Act,
    instrument: Instrument,
    verified_on: date,
    on: date | None = None,
    void: Collection[date] = (),
    reason: str = "",
) -> InstrumentState | None:
    """Take back the result of a verification from `on` on (default: today); None where a later one counts already.

    Before `on` the proof was in force, and the ledger keeps saying so. From `on` the instrument is what the last
    verification before made it: good until the date it had, or without a proof and due. `void` names the days of
    verifications whose proofs were withdrawn before, and which it must not return to.
    """
    day = on or actor.today
    not_ahead(actor, day)
    with transaction.atomic():
        subject = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.merged_into_id or instrument.pk)
        entry = subject.states.on(day).first()
        if entry is None or entry.last_on != verified_on:
            return None
        before = subject.states.known().filter(Q(last_on__isnull=True) | Q(last_on__lt=verified_on))
        before = before.filter(valid_from__lt=entry.valid_from).exclude(last_on__in=list(void))
        former = before.order_by("-valid_from").first()
        facts = {
            "last_on": former.last_on if former else None,
            "last_result": former.last_result if former else "",
            "due_on": former.due_on if former else verified_on,
            "reason": reason,
        }
        return write_result(subject, act, day, facts)
