"""Which meters of the ledger the results of a lot are of, and which of them the ledger takes."""

from datetime import date
from typing import Any

from django.db import connection

from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors import BARRED, HELD, OUT_OF_USE
from hengliang.platform.standards.selectors import ancestors, authorised
from hengliang.platform.verification.benches.order import needs_of_lot
from hengliang.platform.verification.benches.sql import statement
from hengliang.platform.verification.models import Lot

ELSEWHERE = "elsewhere"
_PLACES = "SELECT DISTINCT region_id, verified_on FROM lot_candidate"
_MET = (
    "SELECT bar, count(*), min(serial) FROM ("
    " SELECT m.bar, c.serial FROM lot_match m JOIN lot_candidate c USING (result_id, instrument_id) WHERE m.bar <> ''"
    " UNION ALL SELECT %(elsewhere)s, min(c.serial) FROM lot_candidate c"
    " GROUP BY c.result_id HAVING bool_and((c.region_id, c.verified_on) NOT IN"
    " (SELECT unnest(%(regions)s::bigint[]), unnest(%(days)s::date[])))"
    ") AS met GROUP BY bar ORDER BY bar"
)
NOTICE = {HELD: "met_held", OUT_OF_USE: "met_out_of_use", ELSEWHERE: "met_elsewhere"}


def match(lot: Lot, result_id: int | None = None) -> list[list[Any]]:
    """Fill the table `lot_match`; gives, as notices, what was met and is not entered: why, how many, and an example.

    A meter is matched only where the body may do the job of the lot on the day of test: a serial number is unique
    with its maker at best, and what stands elsewhere is not this body's to date.
    """
    told: dict[str, Any] = {"lot": lot.pk, "items": family(lot.item), "result": result_id}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS lot_match; DROP TABLE IF EXISTS lot_candidate")
        cursor.execute(statement("candidates"), told)
        cursor.execute(_PLACES)
        may = [(region, day) for region, day in cursor.fetchall() if _may(lot, region, day)]
        places: dict[str, Any] = {"regions": [region for region, _day in may], "days": [day for _region, day in may]}
        cursor.execute(statement("match").format(barred=BARRED.format(day="m.verified_on")), places)
        cursor.execute(_MET, places | {"elsewhere": ELSEWHERE})
        return [[NOTICE[bar], {"count": count, "serial": serial}] for bar, count, serial in cursor.fetchall()]


def _may(lot: Lot, region_id: int, on: date) -> bool:
    needs = needs_of_lot(lot, on)
    if "authorisation" not in needs.papers:
        return True
    return authorised(lot.body_id, lot.item, region_id, on, factory=needs.factory)


def family(item: CatalogueItem) -> list[int]:
    """The item, those above and all below it: a meter may be filed under any of them."""
    found = set(ancestors(item))
    below = {item.pk}
    while below:
        found |= below
        below = set(CatalogueItem.objects.filter(parent__in=below).values_list("pk", flat=True)) - found
    return sorted(found)
