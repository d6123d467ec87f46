"""All that the ledger holds about one instrument."""

from dataclasses import dataclass
from datetime import date, datetime

from hengliang.platform.core.models import Act
from hengliang.platform.core.selectors import history_of
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState
from hengliang.platform.registry.selectors.ledger import with_names


@dataclass(frozen=True)
class Dossier:
    """One instrument on a day: entry, parts, codes, every version of its entry (superseded ones too), acts."""

    instrument: Instrument
    entry: InstrumentState | None
    parts: list[InstrumentState]
    codes: list[InstrumentCode]
    past: list[InstrumentState]
    merged: list[Instrument]
    acts: list[Act]


def dossier(instrument: Instrument, *, on: date, known_at: datetime | None = None, acts: int = 200) -> Dossier:
    """The dossier of an instrument of a day; eight queries whatever it holds. Merged entries bring their acts along."""
    # By key: asked with OR through the join, the whole ledger would be read.
    whole = [instrument.pk, *instrument.parts.values_list("pk", flat=True)]
    states = InstrumentState.objects.filter(instrument__in=whole)
    rows = list(with_names(states.on(on, known_at), on, known_at).order_by("instrument__part_label", "instrument"))
    past = with_names(instrument.states.all(), on, known_at)
    if known_at is not None:
        past = past.filter(known_from__lte=known_at)
    merged = list(instrument.merged.order_by("pk"))
    return Dossier(
        instrument=instrument,
        entry=next((row for row in rows if row.instrument_id == instrument.pk), None),
        parts=[row for row in rows if row.instrument_id != instrument.pk],
        codes=list(InstrumentCode.objects.filter(instrument=instrument).known(known_at).order_by("kind", "valid_from")),
        past=list(past.order_by("-known_from", "-valid_from")),
        merged=merged,
        acts=list(history_of(instrument, *merged)[:acts]),
    )
