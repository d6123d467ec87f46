"""Who verifies what where: designations and authorisations down the tree of regions and up that of the catalogue.

A designation counts if its body is authorised for the item there that day; the nearest region wins, then the nearest
item. An authorised manufacturer is nobody's designated body: it verifies at its factory.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import Authorisation, Designation
from hengliang.platform.standards.selectors import ancestors, authorised, regions_above

DEEPEST = 12
FACTORY = Authorisation.Kind.MANUFACTURER


def designated(item: CatalogueItem, region_id: int, on: date) -> list[Designation]:
    """The designations that count for an item in a region on a day: the nearest only, of several bodies perhaps."""
    regions, items = regions_above(region_id, on), ancestors(item)
    rows = Designation.objects.on(on).filter(region__in=regions, item__in=items).select_related("body", "region")
    found = [row for row in rows.order_by("pk") if authorised(row.body_id, item, region_id, on)]
    place = {row.pk: (regions.index(row.region_id), items.index(row.item_id)) for row in found}
    nearest = min(place.values(), default=None)
    return [row for row in found if place[row.pk] == nearest]


# Every region with those above it, every item with those above it: small tables, made once a query.
_TREES = f"""
    WITH RECURSIVE region_now AS (
        SELECT region_id, parent_id FROM core_regionversion
        WHERE known_to IS NULL AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)
    ), region_up (region_id, above_id, steps) AS (
        SELECT region_id, region_id, 0 FROM region_now
        UNION ALL SELECT u.region_id, n.parent_id, u.steps + 1 FROM region_up u
        JOIN region_now n ON n.region_id = u.above_id WHERE n.parent_id IS NOT NULL AND u.steps < {DEEPEST}
    ), item_up (item_id, above_id, steps) AS (
        SELECT id, id, 0 FROM registry_catalogueitem
        UNION ALL SELECT u.item_id, i.parent_id, u.steps + 1 FROM item_up u
        JOIN registry_catalogueitem i ON i.id = u.above_id WHERE i.parent_id IS NOT NULL AND u.steps < {DEEPEST}
    ), authorised AS (
        SELECT DISTINCT a.body_id, i.item_id, a.region_id
        FROM standards_authorisation a JOIN item_up i ON i.above_id = a.item_id
        WHERE a.known_to IS NULL AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to > %s)
            AND a.kind <> '{FACTORY.value}'
    )"""  # noqa: S608 - nothing of it is typed by anybody
_DESIGNATED = f"""{_TREES}
    SELECT r.region_id, i.item_id
    FROM standards_designation d
    JOIN region_up r ON r.above_id = d.region_id
    JOIN item_up i ON i.above_id = d.item_id
    JOIN authorised a ON a.body_id = d.body_id AND a.item_id = i.item_id
    WHERE d.known_to IS NULL AND d.valid_from <= %s AND (d.valid_to IS NULL OR d.valid_to > %s)
        AND (a.region_id IS NULL OR EXISTS (
            SELECT FROM region_up u WHERE u.region_id = r.region_id AND u.above_id = a.region_id))"""  # noqa: S608 - nothing of it is typed by anybody
_EVERYWHERE = f"{_TREES} SELECT body_id, item_id FROM authorised WHERE region_id IS NULL"  # noqa: S608 - nothing of it is typed by anybody
_THERE = f"""{_TREES}
    SELECT a.body_id, a.item_id, r.region_id
    FROM authorised a JOIN region_up r ON r.above_id = a.region_id"""  # noqa: S608 - nothing of it is typed by anybody


class _Among(Func):
    """Whether columns stand together in a set that the database makes once for the whole query."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *columns: F, query: str, on: date) -> None:
        super().__init__(*columns)
        self.query, self.on = query, on

    def as_sql(self, compiler: SQLCompiler, connection: Any, *_how: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:
        """The test as SQL."""
        parts = [compiler.compile(one) for one in self.source_expressions]
        params: Iterable[Any] = (value for _sql, values in parts for value in values)
        return (
            f"(({', '.join(sql for sql, _values in parts)}) IN ({self.query}))",
            (*params, *[self.on] * self.query.count("%s")),
        )


def has_capability(on: date) -> Q:
    """Which entries of the ledger somebody can verify on a day: a designated or assigned body that is authorised."""
    body, item, region = F("body_id"), F("item_id"), F("region_id")
    return (
        Q(_Among(region, item, query=_DESIGNATED, on=on))
        | Q(_Among(body, item, query=_EVERYWHERE, on=on))
        | Q(_Among(body, item, region, query=_THERE, on=on))
    )
