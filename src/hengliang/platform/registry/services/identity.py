"""What filing an instrument, adding a part and correcting an identity have in common."""

from collections.abc import Mapping

from django.db import connection

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act, begin
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.codes import new_code
from hengliang.platform.registry.identity import found_by
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState
from hengliang.platform.registry.states import MERGED, SCRAPPED


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
