"""Items of the catalogue: those under mandatory verification, those that somebody is authorised for, and since when."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.plan.engine.keyed import Keyed, Span
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.selection import Where
from hengliang.platform.registry.models import CatalogueItem, Control
from hengliang.platform.standards.models import Authorisation

_EVER = date.min  # the projection of the catalogue has no dates; its edition is named beside the figure
_MANDATORY = (Control.VERIFICATION, Control.BOTH)


def leaves() -> "QuerySet[CatalogueItem]":
    """The items that have no finer items below them."""
    return CatalogueItem.objects.filter(children__isnull=True)


def _items(where: Where) -> "QuerySet[CatalogueItem]":
    rows = leaves().filter(control__in=_MANDATORY)
    return rows.filter(purposes__overlap=list(where["purpose"])) if "purpose" in where else rows


def _read(where: Where, known_at: datetime | None) -> Iterable[Span]:
    if "capability" in where:
        return _authorised(where, known_at)
    return [Span(pk, None, _EVER, None) for pk in _items(where).values_list("pk", flat=True)]


def _authorised(where: Where, known_at: datetime | None) -> list[Span]:
    """Some body is authorised for the item, or for one above it."""
    held: dict[int, list[tuple[int, date, date | None]]] = {}
    rows = Authorisation.objects.known(known_at)
    for item, region, start, end in rows.values_list("item_id", "body__region_id", "valid_from", "valid_to"):
        held.setdefault(item, []).append((region, start, end))
    found = []
    for path in _items(where).values_list("pk", "parent_id", "parent__parent_id"):
        found += [Span(path[0], *span) for one in path if one is not None for span in held.get(one, ())]
    return found


def _kept(_known_at: datetime | None) -> Iterable[Span]:
    return [Span(0, None, _EVER, None)] if _items({}).exists() else []


def _papers(known_at: datetime | None) -> Iterable[Span]:
    rows = Authorisation.objects.known(known_at).values_list("pk", "body__region_id", "valid_from", "valid_to")
    return [Span(*row) for row in rows]


def _first(where: Where, known_at: datetime | None) -> list[Span]:
    return _authorised(where, known_at)


def _before(scope: Scope) -> "QuerySet[Any]":
    return objects(ITEMS_FIRST.keys({}, "stock", scope) - ITEMS_FIRST.keys({}, "new", scope))


def objects(keys: Iterable[int]) -> "QuerySet[CatalogueItem]":
    """The items of these keys."""
    return CatalogueItem.objects.filter(pk__in=list(keys))


ITEMS = Keyed(
    _read,
    objects,
    names=frozenset({"capability", "purpose"}),
    excluded={
        "no_source": (_("No source says under which control it is"), lambda _scope: leaves().filter(control="")),
        "type_approval": (
            _("Under type approval only"),
            lambda _scope: leaves().filter(control=Control.TYPE_APPROVAL),
        ),
    },
    inherits=True,
    ledger=_kept,
)
ITEMS_FIRST = Keyed(
    _first,
    objects,
    names=frozenset({"purpose"}),
    excluded={"before": (_("Covered before the period began"), _before)},
    ledger=_papers,
)
