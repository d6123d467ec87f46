"""What a verification found is written into the ledger; called by the act that issues its proof."""

from datetime import date
from typing import Any

from django.db import transaction

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import Act, revise
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services.entry import not_ahead
from hengliang.platform.registry.services.parts import follow_parts

Result = InstrumentState.Result


def verification_result_enter(
    *,
    actor: Actor,
    act: Act,
    instrument: Instrument,
    verified_on: date,
    passed: bool,
    due_on: date | None,
    reason: str = "",
) -> InstrumentState:
    """Write last day, result and date due, from the day of verification until the next verification known.

    No state is refused, not even “scrapped”: a proof that exists is a fact. `due_on` of a pass is the last day of
    its validity, or None where it has no end; of a failure it is no later than the day that failed. A merged
    instrument passes the result on to the one that it leads to; a part tells its whole.
    """
    not_ahead(actor, verified_on)
    with transaction.atomic():
        subject = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument.merged_into_id or instrument.pk)
        facts = {
            "last_on": verified_on,
            "last_result": Result.PASS if passed else Result.FAIL,
            "due_on": due_on,
            "reason": reason,
        }
        if not passed:
            facts["due_on"] = min(due_on or verified_on, verified_on)
        return write_result(subject, act, verified_on, facts)


def write_result(instrument: Instrument, act: Act, verified_on: date, facts: dict[str, Any]) -> InstrumentState:
    """Write a result over the rows that no later verification speaks of.

    Errors: `Refused` if every row known has a later verification.
    """
    rows = instrument.states.all()
    later = rows.known().filter(last_on__gt=verified_on).order_by("valid_from").first()
    if later is not None:
        rows = rows.filter(valid_from__lt=later.valid_from)
    first = instrument.states.known().order_by("valid_from").values_list("valid_from", flat=True)[0]
    if later is not None and later.valid_from <= max(verified_on, first):
        raise Refused("later_result", "The ledger already holds a later verification, of %(day)s.", day=later.last_on)
    written = revise(rows, act=act, on=max(verified_on, first), **facts)
    if instrument.part_of is not None:
        follow_parts(instrument.part_of, act=act, on=max(verified_on, first))
    return written
