"""Qualifications of people for programs."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, column, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.api.registers import From, PaperCondition, PaperFilter, narrowed, organisation_of
from hengliang.platform.standards.models import (
    Qualification,
)
from hengliang.platform.standards.registers import (
    qualifications_seen,
)
from hengliang.platform.standards.services import (
    qualification_end,
    qualification_enter,
)

router = Router(tags=["standards"])


class QualificationOut(Schema):
    """A person may verify an item at a body."""

    id: int = Field(examples=[3])
    person_id: int = Field(examples=[21])
    person: str = Field(alias="person.name", examples=["李量"])
    body_id: int = Field(examples=[12])
    item: str = Field(alias="item.code", examples=["FUEL"])
    number: str = Field(examples=["计检001"])
    valid_from: date = Field(examples=["2024-01-01"])
    valid_to: date | None = Field(examples=["2029-01-01"])
    condition: PaperCondition = Field(examples=["in_order"])


class QualificationIn(Schema):
    """A qualification of one of the body's people, good to the end of `valid_until`."""

    person_id: Key
    body_id: Key
    item: Line = Field(examples=["FUEL"])
    number: Annotated[str, column(Qualification, "number", least=1)] = Field(examples=["计检001"])
    valid_from: Day
    valid_until: Day


@router.get("", response=Listed[QualificationOut], summary="Qualifications")
def qualifications(request: Request, asked: Query[PaperFilter], part: Part) -> dict[str, Any]:
    """The qualifications at the bodies that one works for or oversees."""
    return listed(narrowed(qualifications_seen(request.actor, request.actor.today), asked), part)


@router.post("", response={201: QualificationOut}, summary="Enter a qualification")
def qualify(request: Request, told: QualificationIn) -> Status[Qualification]:
    """Enter the qualification of one of the body's people."""
    body, item = organisation_of(request, told.body_id), get_object_or_404(CatalogueItem, code=told.item)
    person = get_object_or_404(Person, pk=told.person_id, organisation=body)
    facts = told.dict(exclude={"body_id", "item", "person_id"})
    made = qualification_enter(actor=request.actor, person=person, body=body, item=item, **facts)
    return Status(201, qualifications_seen(request.actor, request.actor.today).get(pk=made.pk))


@router.post("/{int:pk}/end", response={204: None}, summary="End a qualification")
def end_qualification(request: Request, pk: Key, told: From) -> Status[None]:
    """End a qualification before a day."""
    row = get_object_or_404(qualifications_seen(request.actor, request.actor.today), pk=pk)
    qualification_end(actor=request.actor, qualification=row, on=told.on, reason=told.reason)
    return Status(204, None)
