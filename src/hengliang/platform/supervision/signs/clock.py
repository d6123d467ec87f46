"""Measurements timed impossibly: by the clock of the device on a round, the only clock that stands in the ledger.

The hour of a record is that at which it was typed at a desk, and a bench measures many meters at once: neither tells
how long a measurement took.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import Coalesce, Lag
from django.utils import timezone

from hengliang.platform.core.rules import rules
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.signs.sign import BACK, Sign
from hengliang.platform.verification.models import FieldEntry


def too_fast(on: date) -> Iterator[Sign]:
    """Days of a round on which one person measured instrument after instrument sooner than plausible, on one device.

    An entry that the clock puts before the one that the device numbered before it counts as well: it was set back.
    """
    least = rules()["verification/plausible-interval"].at(on).number
    soon = _following(on).filter(before__gt=F("made_at") - timedelta(seconds=float(least)))
    days: dict[tuple[int, str, int, date], list[FieldEntry]] = defaultdict(list)
    for entry in soon.select_related("round", "person").order_by("round", "device", "sequence"):
        days[entry.round_id, entry.device, entry.person_id, entry.verified_on].append(entry)
    for entries in days.values():
        yield _sign(entries, str(least))


def _following(on: date) -> "QuerySet[Any]":
    """The measured entries, each with the moment of the one `before` it of that person, device, round and day."""
    measured = FieldEntry.objects.filter(
        verified_on__gt=on - BACK, verified_on__lte=on, content__has_key="data"
    ).annotate(code=Coalesce("line__instrument__code", "instrument__code"))
    # The first entry about an instrument tells when it was measured; a later one mends it, in seconds.
    sooner = FieldEntry.objects.filter(
        round=OuterRef("round"), subject=OuterRef("subject"), device=OuterRef("device"),
        sequence__lt=OuterRef("sequence"), content__has_key="data",
    )  # fmt: skip
    before = Window(Lag("made_at"), partition_by=["round", "device", "person", "verified_on"], order_by="sequence")
    return measured.filter(~Exists(sooner), code__isnull=False).annotate(before=before)


def _sign(entries: Sequence[FieldEntry], least: str) -> Sign:
    first = entries[0]
    return Sign(
        Finding.Kind.TOO_FAST,
        f"{first.person_id}|{first.verified_on:%Y-%m-%d}|{first.round_id}|{first.device}",
        first.round.region_id,
        first.verified_on,
        {
            "person": first.person.name, "round": first.round.number, "count": len(entries), "least": least,
            "rows": [_row(entry) for entry in entries],
        },
        body_id=first.round.body_id,
        person_id=first.person_id,
    )  # fmt: skip


def _row(entry: "FieldEntry") -> dict[str, str]:
    """The instrument, and the entry with its hour and how many seconds after the one before it was made."""
    after = round((entry.made_at - entry.before).total_seconds())  # type: ignore[attr-defined]
    hour = timezone.localtime(entry.made_at)
    return {
        "instrument": entry.code,  # type: ignore[attr-defined]
        "day": entry.verified_on.isoformat(),
        "at": f"{entry.round.number} #{entry.sequence} {hour:%H:%M:%S} ({after:+d} s)",
    }
