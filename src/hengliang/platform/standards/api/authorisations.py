"""Authorisations of bodies for programs."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, column, listed, words_of
from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.api.registers import From, PaperCondition, PaperFilter, narrowed, organisation_of
from hengliang.platform.standards.models import (
    Authorisation,
)
from hengliang.platform.standards.registers import (
    authorisations_seen,
)
from hengliang.platform.standards.services import (
    authorisation_end,
    authorisation_enter,
)

router = Router(tags=["standards"])
AuthorisedAs = Annotated[Authorisation.Kind, words_of(Authorisation.Kind)]


class AuthorisationOut(Schema):
    """A body may verify an item, from `valid_from` to before `valid_to`."""

    id: int = Field(examples=[3])
    body_id: int = Field(examples=[12])
    kind: AuthorisedAs = Field(examples=["statutory"])
    item: str = Field(alias="item.code", examples=["FUEL"])
    region_id: int | None = Field(examples=[None])
    number: str = Field(examples=["（衡）法计〔2024〕001"])
    scope: str = Field(examples=[""])
    valid_from: date = Field(examples=["2024-01-01"])
    valid_to: date | None = Field(examples=["2029-01-01"])
    condition: PaperCondition = Field(examples=["in_order"])


class AuthorisationIn(Schema):
    """An authorisation, good to the end of `valid_until`."""

    body_id: Key
    item: Line = Field(examples=["FUEL"])
    number: Annotated[str, column(Authorisation, "number", least=1)] = Field(examples=["（衡）法计〔2024〕001"])
    valid_from: Day
    valid_until: Day
    scope: Annotated[str, column(Authorisation, "scope")] = ""
    kind: AuthorisedAs = Authorisation.Kind.STATUTORY
    region_id: Key | None = None


@router.get("", response=Listed[AuthorisationOut], summary="Authorisations")
def authorisations(request: Request, asked: Query[PaperFilter], part: Part) -> dict[str, Any]:
    """The authorisations of the bodies that one works for or oversees."""
    return listed(narrowed(authorisations_seen(request.actor, request.actor.today), asked), part)


@router.post("", response={201: AuthorisationOut}, summary="Authorise a body")
def authorise(request: Request, told: AuthorisationIn) -> Status[Authorisation]:
    """Authorise a body to verify an item."""
    body, item = organisation_of(request, told.body_id), get_object_or_404(CatalogueItem, code=told.item)
    region = get_object_or_404(Region, pk=told.region_id) if told.region_id else None
    facts = told.dict(exclude={"body_id", "item", "region_id"})
    made = authorisation_enter(actor=request.actor, body=body, item=item, region=region, **facts)
    return Status(201, authorisations_seen(request.actor, request.actor.today).get(pk=made.pk))


@router.post("/{int:pk}/end", response={204: None}, summary="End an authorisation")
def end_authorisation(request: Request, pk: Key, told: From) -> Status[None]:
    """End an authorisation before a day."""
    row = get_object_or_404(authorisations_seen(request.actor, request.actor.today), pk=pk)
    authorisation_end(actor=request.actor, authorisation=row, on=told.on, reason=told.reason)
    return Status(204, None)
