"""The catalogue and the instruments, read."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404
from ninja import Field, Query, Schema

from hengliang.platform.core.interface import Day, Key, Listed, Optional, Part, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.api.answers import EntryOut, InstrumentOut, ItemOut, entry_out, instrument_out
from hengliang.platform.registry.api.mounting import router
from hengliang.platform.registry.api.questions import Code
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors.catalogue import catalogue_list
from hengliang.platform.registry.selectors.due import due_within, overdue
from hengliang.platform.registry.selectors.find import instrument_visible
from hengliang.platform.registry.selectors.ledger import entry_list, searched


class Filter(Schema):
    """Which instruments, of which day."""

    q: Optional = ""
    on: Day | None = None
    due: Annotated[str, Field(pattern="^(overdue|soon)?$")] = ""
    status: Optional = Field("", examples=["in_use"])
    item: Optional = Field("", examples=["FUEL"])
    owner_id: Key | None = None
    region_id: Key | None = None
    parts: bool = False


@router.get("/catalogue", response=list[ItemOut], summary="Mandatory catalogue")
def catalogue(request: Request) -> "QuerySet[CatalogueItem]":
    """Every item, with how sure the row is."""
    return catalogue_list()


@router.get("/instruments", response=Listed[EntryOut], summary="Instruments")
def instruments(request: Request, asked: Query[Filter], part: Part) -> dict[str, Any]:
    """The instruments that one may see, of a day (default: today), newest first."""
    day = asked.on or request.actor.today
    rows = searched(entry_list(request.actor, on=asked.on, parts=asked.parts), asked.q)
    if asked.due:
        rows = overdue(rows, day) if asked.due == "overdue" else due_within(rows, day)
    exact = {"status": asked.status, "item__code": asked.item, "owner_id": asked.owner_id,
             "region_id": asked.region_id}  # fmt: skip
    found = listed(rows.filter(**{name: value for name, value in exact.items() if value}), part)
    return found | {"items": [entry_out(row) for row in found["items"]]}


@router.get("/instruments/{code}", response=InstrumentOut, summary="One instrument")
def instrument(request: Request, code: Code) -> dict[str, Any]:
    """One instrument by any of its codes; `redirected` where the code is that of a merged entry."""
    found = instrument_visible(request.actor, code)
    if found is None:
        raise Http404
    return instrument_out(request, found.instrument) | {"redirected": found.redirected}
