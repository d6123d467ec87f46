"""An instrument enters the ledger; the authority has yet to accept it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Unpack

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.identity import Identity, tidied
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentState, Regime
from hengliang.platform.registry.rights import permit_on
from hengliang.platform.registry.services.destination import refuse_region_without_authority
from hengliang.platform.registry.services.entry import not_ahead
from hengliang.platform.registry.services.identity import (
    enter_instrument,
    one_at_a_time,
    refuse_duplicate,
    refuse_missing,
)
from hengliang.platform.registry.services.instrument_part_add import instrument_part_add
from hengliang.platform.registry.states import FILED
from hengliang.platform.registry.suits import refuse_misfit


def instrument_file(
    *,
    actor: Actor,
    item: CatalogueItem,
    owner: Organisation,
    region: Region,
    purpose: str,
    regime: str = "",
    mandatory: bool = True,
    market: Organisation | None = None,
    body: Organisation | None = None,
    place: str = "",
    on_site: bool = False,
    last_on: date | None = None,
    last_result: str = "",
    due_on: date | None = None,
    codes: Mapping[str, str] | None = None,
    parts: Sequence[str] = (),
    on: date | None = None,
    **identity: Unpack[Identity],
) -> Instrument:
    """File an instrument, with the parts of it that are judged singly, by their labels. Without a date due, it is due
    on the day of filing: it has no proof yet.

    Errors: `NotPermitted`; `InputRefused` for a missing serial number, a day ahead, or a label that stands twice;
    `Refused` for a duplicate.
    """
    day = on or actor.today
    not_ahead(actor, day)
    entry = InstrumentState(
        status=FILED,
        owner=owner,
        market=market,
        region=region,
        place=place.strip(),
        purpose=purpose,
        regime=regime or item.regime or Regime.PERIODIC,
        mandatory=mandatory,
        on_site=on_site,
        body=body,
        last_on=last_on,
        last_result=last_result,
        due_on=due_on or (day if mandatory and not last_on else None),
    )
    permit_on(actor, "instrument_file", entry)
    refuse_region_without_authority(actor, region.pk)
    told = tidied(identity)
    told["name"] = told.get("name") or item.name
    refuse_missing(told)
    refuse_misfit(item, told, day)
    return _enter(actor, Instrument(item=item, **told), entry, codes or {}, parts, day)


def _enter(
    actor: Actor, filed: Instrument, entry: InstrumentState, codes: Mapping[str, str], parts: Sequence[str], day: date
) -> Instrument:
    owner, region = entry.owner_id, entry.region_id
    with perform(actor, "instrument_file", on=day, organisation_id=owner, region_id=region) as act:
        one_at_a_time(f"{owner} {filed.serial_number}")
        known_by = {name: getattr(filed, name) for name in ("serial_number", "manufacturer", "model")}
        refuse_duplicate(entry.owner, known_by)
        instrument = enter_instrument(act, filed, entry, codes)
        act.subject = instrument
        act.content = {"instrument": instrument.code, "item": filed.item.code, "owner": owner, "region": region}
        for label in parts:
            instrument_part_add(actor=actor, instrument=instrument, label=label, on=day)
    return instrument
