"""An instrument by any code that it has, or ever had."""

from dataclasses import dataclass

from django.db.models import QuerySet

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentState


@dataclass(frozen=True)
class Found:
    """The instrument that a code leads to; `redirected` if the code is a former one of a merged entry."""

    instrument: Instrument
    redirected: bool


def instrument_by_code(code: str) -> Found | None:
    """The instrument that a code leads to, through mergers; for anybody who holds the code.

    Tried in this order: our own code, codes of merged entries, codes of others (e-CQS, GB/T 36377, production,
    verification) that name one instrument today.
    """
    known_as = Instrument.objects.select_related("item", "merged_into__item", "part_of").filter(code=tidy(code)).first()
    if known_as is None:
        known_as = _by_foreign_code(code.strip())
        return Found(known_as, redirected=False) if known_as else None
    if known_as.merged_into is not None:
        return Found(known_as.merged_into, redirected=True)
    return Found(known_as, redirected=False)


def _by_foreign_code(value: str) -> Instrument | None:
    rows = InstrumentCode.objects.known().filter(value=value, valid_to__isnull=True)
    unique = rows.exclude(kind__in=[InstrumentCode.Kind.ASSET, InstrumentCode.Kind.SEAL])
    found = {row.instrument_id: row.instrument for row in unique.select_related("instrument__item")[:2]}
    return next(iter(found.values())) if len(found) == 1 else None


def instruments_by_number(actor: Actor, number: str) -> "QuerySet[Instrument]":
    """The instruments that the actor may see and that a number names: any code, or the serial number."""
    seen = InstrumentState.objects.visible_to(actor).current().values("instrument")
    codes = InstrumentCode.objects.known().filter(value=number.strip()).values("instrument")
    rows = Instrument.objects.filter(pk__in=codes) | Instrument.objects.filter(serial_number=number.strip())
    return rows.filter(pk__in=seen).select_related("item")


def instrument_visible(actor: Actor, code: str) -> Found | None:
    """The instrument that a code leads to, if the actor may see it; to all others it does not exist."""
    found = instrument_by_code(code)
    if found is None or not found.instrument.states.all().visible_to(actor).current().exists():
        return None
    return found
