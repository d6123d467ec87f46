"""The ledger as of a day: one row an instrument, with the names that a list shows."""

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.search import matching
from hengliang.platform.registry.codes import with_codes_tidied
from hengliang.platform.registry.models import Instrument, InstrumentState, InstrumentStateQuerySet

# So many instruments found are looked up one by one.
FEW = 500


def entry_list(
    actor: Actor, *, on: date | None = None, known_at: datetime | None = None, parts: bool = False
) -> InstrumentStateQuerySet:
    """The entries that the actor may see, of a day (default: today) and as known at a moment (default: now).

    Each row carries item, user, market and body, and `region_name`: one query whatever the number of rows. Parts
    judged singly are left out unless asked for; the whole is due when the first of them is.
    """
    day = on or actor.today
    rows = InstrumentState.objects.visible_to(actor)
    if day == actor.today and known_at is None:
        rows = rows.current()
    else:
        rows = rows.on(day, known_at)
    return with_names(rows if parts else rows.whole(), day, known_at)


def with_names(rows: InstrumentStateQuerySet, on: date, known_at: datetime | None = None) -> InstrumentStateQuerySet:
    """The rows with all names that a list shows."""
    regions = RegionVersion.objects.on(on, known_at).filter(region=OuterRef("region"))
    return rows.select_related("instrument__item", "owner", "market", "body").annotate(
        region_name=Subquery(regions.values("name")[:1])
    )


def searched(rows: InstrumentStateQuerySet, needle: str) -> InstrumentStateQuerySet:
    """The rows whose instrument is found by every word of the needle: any part of name, number, code, initials; a
    code as it is shown, too.

    A needle that few instruments hold is looked up once, and the rows are those of the instruments found; one that
    very many hold is compared along the list (`holding`). The planner can't tell the two apart: it takes grams for
    independent of one another.
    """
    needle = with_codes_tidied(needle)
    if not needle.strip():
        return rows
    found = list(matching(Instrument.objects.all(), needle).values_list("pk", flat=True)[: FEW + 1])
    return rows.filter(instrument__in=found) if len(found) <= FEW else rows.holding(needle)


def capped_count(rows: InstrumentStateQuerySet, cap: int | None = None) -> tuple[int, bool]:
    """How many rows there are, and whether that is all: counting stops at the cap (default: that of the rows)."""
    cap = cap or rows.cap
    found = rows.order_by().values("pk")[: cap + 1].count()
    return min(found, cap), found <= cap
