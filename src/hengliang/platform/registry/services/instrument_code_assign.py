"""An instrument gets a code that somebody else knows it by."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import begin, end
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument, InstrumentCode
from hengliang.platform.registry.services.entry import locked_entry, perform_on, refuse_if_gone
from hengliang.platform.registry.services.identity import refuse_taken
from hengliang.platform.registry.services.instrument_correct import refresh_search

# An instrument may carry several of these at once; of all other kinds a new code takes the place of the old.
SEVERAL = frozenset({InstrumentCode.Kind.SEAL, InstrumentCode.Kind.REPAIR, InstrumentCode.Kind.FORMER})


def instrument_code_assign(
    *, actor: Actor, instrument: Instrument, kind: str, value: str, reason: str = "", on: date | None = None
) -> InstrumentCode:
    """Assign a code from a day on.

    Errors: `InputRefused` for an empty value or the kind `former`; `Refused` if it names another instrument.
    """
    value = value.strip()
    if not value or kind == InstrumentCode.Kind.FORMER or kind not in InstrumentCode.Kind.values:
        raise InputRefused("code_unusable", "Choose whose number it is, and enter the number.", field="value")
    with transaction.atomic():
        entry = locked_entry(actor, "instrument_code_assign", instrument, on or actor.today)
        refuse_if_gone(entry)
        refuse_taken(kind, value)
        with perform_on(actor, "instrument_code_assign", entry, on=on, reason=reason) as act:
            act.content = {"instrument": instrument.code, "kind": kind, "value": value}
            if kind not in SEVERAL:
                end(instrument.codes.filter(kind=kind), act=act, on=act.on)
            code = begin(InstrumentCode, act=act, on=act.on, instrument=instrument, kind=kind, value=value)
            refresh_search(instrument)
            instrument.save(update_fields=["search_text"])
    return code
