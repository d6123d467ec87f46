"""People whose day does not fit: on site in two counties, or more done than a day holds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.signs.sign import BACK, Sign
from hengliang.platform.verification.forecast import planned_output
from hengliang.platform.verification.models import Record


def two_places(on: date) -> Iterator[Sign]:
    """Days on which one verifier measured on site in two counties."""
    counties = _counties(on)
    on_site = _records(on).filter(task__application__on_site=True)
    days = on_site.values_list("verifier_id", "verified_on").annotate(regions=Count("task__region", distinct=True))
    for verifier, day, _regions in days.filter(regions__gt=1):
        records = _of_day(on_site, verifier, day)
        places = {counties.get(record.task.region_id, record.task.region_id) for record in records}
        if len(places) > 1:
            for region in sorted(places):
                yield _sign(Finding.Kind.TWO_PLACES, records, region, {"count": len(places)})


def too_much(on: date) -> Iterator[Sign]:
    """Days on which one verifier is said to have done several days' work, by the planning rule."""
    most = rules()["verification/plausible-load"].at(on).number
    counted = _records(on).values_list("verifier_id", "verified_on", "task__instrument__item").annotate(n=Count("pk"))
    items = CatalogueItem.objects.in_bulk({item for _verifier, _day, item, _n in counted})
    load: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for verifier, day, item, count in counted:
        load[verifier, day] += count / planned_output(items[item], on)
    for (verifier, day), days_work in load.items():
        if days_work > most:
            records = _of_day(_records(on), verifier, day)
            facts = {"count": len(records), "days_work": str(round(days_work, 1)), "most": str(most)}
            yield _sign(Finding.Kind.TOO_MUCH, records, records[0].task.region_id, facts)


def _records(on: date) -> "QuerySet[Record]":
    return Record.objects.filter(verified_on__gt=on - BACK, verified_on__lte=on).exclude(state="void").order_by()


def _of_day(rows: "QuerySet[Record]", verifier: int, day: date) -> Sequence[Record]:
    found = rows.filter(verifier=verifier, verified_on=day).select_related("task__instrument", "verifier")
    return list(found.order_by("pk"))


def _sign(kind: Finding.Kind, records: Sequence[Record], region: int, facts: Mapping[str, object]) -> Sign:
    first = records[0]
    rows = [
        {"instrument": record.task.instrument.code, "day": record.verified_on.isoformat(), "at": record.number}
        for record in records
    ]
    return Sign(
        kind,
        f"{first.verifier_id}|{first.verified_on:%Y-%m-%d}",
        region,
        first.verified_on,
        {"person": first.verifier.name, "rows": rows} | dict(facts),
        body_id=first.task.body_id,
        person_id=first.verifier_id,
    )


def _counties(on: date) -> Mapping[int, int]:
    """The county of each township; a region above is its own."""
    rows = RegionVersion.objects.on(on).filter(region__level=Region.Level.TOWNSHIP, parent__isnull=False)
    return dict(rows.values_list("region_id", "parent_id"))
