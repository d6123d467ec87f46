"""A mistake in the identity of an instrument is put right; the former version stays in its history."""

from typing import Unpack

from django.db import transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.identity import Identity, found_by, tidied
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentCode
from hengliang.platform.registry.rights import may
from hengliang.platform.registry.services.entry import locked_entry, perform_on, refuse_if_gone
from hengliang.platform.registry.services.identity import refuse_duplicate, refuse_missing
from hengliang.platform.registry.states import FILED, RETURNED
from hengliang.platform.registry.suits import refuse_misfit


def instrument_correct(
    *,
    actor: Actor,
    instrument: Instrument,
    reason: str,
    item: CatalogueItem | None = None,
    **identity: Unpack[Identity],
) -> Instrument:
    """Correct the identity. Before acceptance its user may do so too; afterwards the authority and the body."""
    with transaction.atomic():
        before = instrument.states.current().get()
        early = before.status in {FILED, RETURNED} and may(actor, "instrument_file", before)
        entry = locked_entry(actor, "instrument_file" if early else "instrument_correct", instrument, actor.today)
        refuse_if_gone(entry)
        told = changed(instrument, tidied(identity) | ({"item": item} if item else {}))
        for name, value in told.items():
            setattr(instrument, name, value)
        if instrument.part_of_id is None:
            named = {name: getattr(instrument, name) for name in ("serial_number", "manufacturer", "model")}
            refuse_missing(named)
            if told.keys() & {"item", "accuracy_class", "details"}:
                known = {name: getattr(instrument, name) for name in ("accuracy_class", "details")}
                refuse_misfit(instrument.item, known, actor.today)
            refuse_duplicate(entry.owner, named, besides=instrument.pk)
        with perform_on(actor, "instrument_correct", entry, reason=reason) as act:
            act.content = {"instrument": instrument.code, "corrected": sorted(told)}
            instrument.act = act
            refresh_search(instrument)
            instrument.save()
    return instrument


def changed(instrument: Instrument, told: dict[str, object]) -> dict[str, object]:
    """What differs from the ledger.

    Errors: `InputRefused` if nothing does.
    """
    differing = {name: value for name, value in told.items() if getattr(instrument, name) != value}
    if not differing:
        raise InputRefused("nothing_changed", "It stands in the ledger like this already; nothing was changed.")
    return differing


def refresh_search(instrument: Instrument) -> None:
    """Let the instrument be found by what it is now called."""
    codes = InstrumentCode.objects.known().filter(instrument=instrument, valid_to__isnull=True)
    instrument.search_text = found_by(instrument, codes.order_by("pk").values_list("value", flat=True))
