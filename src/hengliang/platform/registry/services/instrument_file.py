"""An instrument enters the ledger; the authority has yet to accept it."""

from collections.abc import Mapping
from datetime import date
from typing import Unpack

from django.db import connection

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act, Region, begin
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import new_code
from hengliang.platform.registry.identity import Identity, found_by, tidied
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentCode, InstrumentState, Regime
from hengliang.platform.registry.rights import permit_on
from hengliang.platform.registry.services.destination import refuse_region_without_authority
from hengliang.platform.registry.services.entry import not_ahead
from hengliang.platform.registry.services.suits import refuse_misfit
from hengliang.platform.registry.states import FILED, MERGED, SCRAPPED


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
    on: date | None = None,
    **identity: Unpack[Identity],
) -> Instrument:
    """File an instrument. Without a date due, it is due on the day of filing: it has no proof yet.

    Errors: `NotPermitted`; `InputRefused` for a missing serial number or a day ahead; `Refused` for a duplicate.
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
    with perform(actor, "instrument_file", on=day, organisation_id=owner.pk, region_id=region.pk) as act:
        one_at_a_time(f"{owner.pk} {told['serial_number']}")
        refuse_duplicate(owner, told)
        instrument = enter_instrument(act, Instrument(item=item, **told), entry, codes or {})
        act.subject = instrument
        act.content = {"instrument": instrument.code, "item": item.code, "owner": owner.pk, "region": region.pk}
    return instrument


def enter_instrument(act: Act, instrument: Instrument, entry: InstrumentState, codes: Mapping[str, str]) -> Instrument:
    """Write the rows of a new instrument under the act."""
    given = {kind: value.strip() for kind, value in codes.items() if value.strip()}
    instrument.act, instrument.code = act, new_code()
    instrument.search_text = found_by(instrument, given.values())
    instrument.save(force_insert=True)
    facts = {name: getattr(entry, name) for name in InstrumentState.facts() if name != "instrument_id"}
    begin(InstrumentState, act=act, on=act.on, instrument=instrument, **facts)
    for kind, value in given.items():
        refuse_taken(kind, value)
        begin(InstrumentCode, act=act, on=act.on, instrument=instrument, kind=kind, value=value)
    return instrument


def one_at_a_time(identity: str) -> None:
    """Let two filings of one instrument follow one another, and both follow an import: each sees what is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('registry_import'))")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('registry_file'), hashtext(%s))", [identity])


def refuse_missing(identity: Mapping[str, object]) -> None:
    """Refuse an identity without a serial number: nothing else tells two instruments of a make apart."""
    if not identity.get("serial_number"):
        raise InputRefused(
            "serial_number_missing",
            "Enter the serial number as it stands on the name plate; for one without, the number you gave it.",
            field="serial_number",
        )


def refuse_duplicate(owner: Organisation, identity: Mapping[str, object], besides: int = 0) -> None:
    """Refuse what the same user has in the ledger already: same serial number, maker and model."""
    same = Instrument.objects.filter(
        serial_number=identity["serial_number"],
        manufacturer=identity.get("manufacturer", ""),
        model=identity.get("model", ""),
        part_of=None,
        states__in=InstrumentState.objects.current().filter(owner=owner).exclude(status__in=[MERGED, SCRAPPED]),
    ).exclude(pk=besides)
    if (found := same.first()) is not None:
        raise Refused(
            "duplicate",
            "This instrument is in the ledger already, under the code %(known_as)s.",
            known_as=found.code,
        )


def refuse_taken(kind: str, value: str) -> None:
    """Refuse a code that names another instrument today."""
    taken = InstrumentCode.objects.known().filter(kind=kind, value=value, valid_to__isnull=True)
    if kind not in {InstrumentCode.Kind.ASSET, InstrumentCode.Kind.SEAL} and taken.exists():
        raise Refused(
            "code_taken",
            "The number %(value)s names another instrument already; check it, or merge the two entries.",
            value=value,
        )
