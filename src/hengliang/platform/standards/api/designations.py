"""Designations of bodies for programs."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, column, listed
from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.api.registers import From, PaperCondition, PaperFilter, narrowed, organisation_of
from hengliang.platform.standards.models import (
    Designation,
)
from hengliang.platform.standards.registers import (
    designations_seen,
)
from hengliang.platform.standards.services import (
    designation_end,
    designation_make,
)

router = Router(tags=["standards"])


class DesignationOut(Schema):
    """A body verifies an item in a region and below, from `valid_from` to before `valid_to`."""

    id: int = Field(examples=[3])
    body_id: int = Field(examples=[12])
    item: str = Field(alias="item.code", examples=["FUEL"])
    region_id: int = Field(examples=[4])
    number: str = Field(examples=["衡市监计量〔2026〕12号"])
    valid_from: date = Field(examples=["2026-01-01"])
    valid_to: date | None = Field(examples=[None])
    condition: PaperCondition = Field(examples=["in_order"])


class DesignationIn(Schema):
    """A designation, good to the end of `valid_until`, or until it is ended."""

    body_id: Key
    item: Line = Field(examples=["FUEL"])
    region_id: Key
    number: Annotated[str, column(Designation, "number", least=1)] = Field(examples=["衡市监计量〔2026〕12号"])
    valid_from: Day
    valid_until: Day | None = None


@router.get("", response=Listed[DesignationOut], summary="Designations")
def designations(request: Request, asked: Query[PaperFilter], part: Part) -> dict[str, Any]:
    """The designations under which one works or which one oversees."""
    return listed(narrowed(designations_seen(request.actor, request.actor.today), asked), part)


@router.post("", response={201: DesignationOut}, summary="Designate a body")
def designate(request: Request, told: DesignationIn) -> Status[Designation]:
    """Designate a body for an item in a region."""
    body, item = organisation_of(request, told.body_id), get_object_or_404(CatalogueItem, code=told.item)
    region = get_object_or_404(Region, pk=told.region_id)
    facts = told.dict(exclude={"body_id", "item", "region_id"})
    made = designation_make(actor=request.actor, body=body, item=item, region=region, **facts)
    return Status(201, designations_seen(request.actor, request.actor.today).get(pk=made.pk))


@router.post("/{int:pk}/end", response={204: None}, summary="End a designation")
def end_designation(request: Request, pk: Key, told: From) -> Status[None]:
    """End a designation before a day."""
    row = get_object_or_404(designations_seen(request.actor, request.actor.today), pk=pk)
    designation_end(actor=request.actor, designation=row, on=told.on, reason=told.reason)
    return Status(204, None)
