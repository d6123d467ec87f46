"""An instrument that was met on a round and is in the ledger now joins it, with a task of its own."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentState, Purpose
from hengliang.platform.registry.services import instrument_file
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.models import FieldEntry, Round, RoundInstrument
from hengliang.platform.verification.services.round_announce import open_work
from hengliang.platform.verification.services.round_plan import add_lines

JOINABLE = frozenset({"confirmed", "out", "back"})


def unknown_file(
    *, actor: Actor, entry: FieldEntry, item: CatalogueItem, owner: Organisation, serial_number: str, maker: str = "",
    model: str = "", place: str = "",
) -> Instrument:  # fmt: skip
    """What a device met and no ledger knew is filed, by whoever may file there; the authority has yet to accept it.

    Errors: `InputRefused` for an entry that is filed already; those of `instrument_file`.
    """
    if entry.kind != FieldEntry.Kind.UNKNOWN or entry.instrument_id is not None:
        raise InputRefused("filed_already", "This instrument is in the ledger already.")
    shown = entry.round
    market = shown.organiser if shown.kind == Round.Kind.MARKET else None
    made = instrument_file(
        actor=actor, item=item, owner=owner, region=shown.region, purpose=Purpose.TRADE, market=market,
        body=shown.body, place=place, on_site=True, serial_number=serial_number, manufacturer=maker, model=model,
    )  # fmt: skip
    twins = FieldEntry.objects.filter(round=shown, subject=entry.subject, kind=FieldEntry.Kind.UNKNOWN)
    twins.filter(instrument=None).update(instrument=made)
    return made


def round_add(*, actor: Actor, shown: Round, instrument: Instrument) -> RoundInstrument:
    """The line of an instrument in use that joins a round under way, or that was met on it.

    Errors: `Refused` for a round that is not under way; `InputRefused` for an instrument not in use.
    """
    permit(actor, "round_add", organisations=[shown.body_id])
    # What a device met is added after the end as well: the authority may accept it late, and its measurement is kept.
    met = shown.state == "closed" and shown.entries.filter(instrument=instrument).exists()
    if shown.state not in JOINABLE and not met:
        raise Refused("round_not_under_way", "Instruments join a round between its confirmation and its end.")
    entry = (
        InstrumentState.objects.current()
        .filter(instrument=instrument, status=IN_USE)
        .select_related("owner", "instrument__item__parent")
        .first()
    )
    if entry is None:
        raise InputRefused("not_accepted_yet", "The authority has not accepted the filing yet.", field="instrument")
    with perform(actor, "round_add", subject=shown, organisation_id=shown.body_id) as act:
        if not shown.lines.filter(instrument=instrument).exists():
            add_lines(act, shown, [entry])
        open_work(actor, act, shown, instrument)
        act.content = {"instrument": instrument.code}
    return shown.lines.get(instrument=instrument)
