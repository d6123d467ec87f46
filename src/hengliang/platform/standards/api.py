"""Measurement standards, authorisations and qualifications for programs."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import (
    Day,
    Key,
    Line,
    Listed,
    Optional,
    Part,
    Reason,
    filled,
    listed,
    upto,
    words_of,
)
from hengliang.platform.core.models import Region
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import (
    Authorisation,
    Designation,
    MeasurementStandard,
    Qualification,
    StandardCertificate,
)
from hengliang.platform.standards.registers import (
    authorisations_seen,
    designations_seen,
    papers_of,
    qualifications_seen,
    standards_seen,
)
from hengliang.platform.standards.services import (
    authorisation_end,
    authorisation_enter,
    designation_end,
    designation_make,
    qualification_end,
    qualification_enter,
    standard_certificate_enter,
    standard_enter,
    standard_resume,
    standard_suspend,
)

router = Router(tags=["standards"])
Condition = Literal["in_order", "due_soon", "not_in_order", "suspended"]
PaperCondition = Literal["in_order", "due_soon", "expired", "to_come"]
Level = Annotated[MeasurementStandard.Level, words_of(MeasurementStandard.Level)]
AuthorisedAs = Annotated[Authorisation.Kind, words_of(Authorisation.Kind)]
Kind = Annotated[StandardCertificate.Kind, words_of(StandardCertificate.Kind)]


class StandardOut(Schema):
    """A measurement standard and its condition today; it is good before `good_to`."""

    id: int = Field(examples=[5])
    organisation_id: int = Field(examples=[12])
    code: str = Field(examples=["12314706"])
    name: str = Field(examples=["燃油加油机检定装置"])
    level: Level = Field(examples=["public"])
    measuring_range: str = Field(examples=["(5~100) L"])
    uncertainty: str = Field(examples=["U=0.05 %, k=2"])
    condition: Condition = Field(examples=["in_order"])
    good_to: date | None = Field(examples=["2028-12-31"])


class StandardIn(Schema):
    """A measurement standard to be entered; `items` are codes of the catalogue."""

    organisation_id: Key
    name: Line = Field(examples=["燃油加油机检定装置"])
    level: Level = Field(examples=["public"])
    items: list[Line] = Field(max_length=100, examples=[["FUEL"]])
    code: Annotated[str, upto(20)] = ""
    measuring_range: Annotated[str, upto(200)] = ""
    uncertainty: Annotated[str, upto(200)] = ""


class PaperOut(Schema):
    """A paper that a standard rests on, good from `valid_from` to before `valid_to`."""

    id: int = Field(examples=[9])
    kind: Kind = Field(examples=["traceability"])
    number: str = Field(examples=["LL2026-0001"])
    issuer: str = Field(examples=["示例省计量院"])
    valid_from: date = Field(examples=["2026-01-01"])
    valid_to: date | None = Field(examples=["2027-01-01"])


class PaperIn(Schema):
    """A paper, good to the end of `valid_until`."""

    kind: Kind = Field(examples=["traceability"])
    number: Annotated[str, filled(100)] = Field(examples=["LL2026-0001"])
    issuer: Line = Field(examples=["示例省计量院"])
    valid_from: Day
    valid_until: Day


class From(Schema):
    """From which day on, and why."""

    on: Day
    reason: Reason


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
    number: Annotated[str, filled(100)] = Field(examples=["（衡）法计〔2024〕001"])
    valid_from: Day
    valid_until: Day
    scope: Annotated[str, upto(200)] = ""
    kind: AuthorisedAs = Authorisation.Kind.STATUTORY
    region_id: Key | None = None


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
    number: Annotated[str, filled(100)] = Field(examples=["衡市监计量〔2026〕12号"])
    valid_from: Day
    valid_until: Day | None = None


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
    number: Annotated[str, filled(100)] = Field(examples=["计检001"])
    valid_from: Day
    valid_until: Day


class ConditionFilter(Schema):
    """Which standards."""

    condition: Condition | None = None


class PaperFilter(Schema):
    """Which authorisations or qualifications."""

    condition: PaperCondition | None = None
    item: Optional = ""


@router.get("/measurement-standards", response=Listed[StandardOut], summary="Measurement standards")
def standards(request: Request, asked: Query[ConditionFilter], part: Part) -> dict[str, Any]:
    """The measurement standards that one may see, with their condition today."""
    rows: Any = standards_seen(request.actor, request.actor.today)
    return listed(rows.filter(condition=asked.condition) if asked.condition else rows, part)


@router.post("/measurement-standards", response={201: StandardOut}, summary="Enter a measurement standard")
def enter_standard(request: Request, told: StandardIn) -> Status[MeasurementStandard]:
    """Enter a measurement standard, in service from today."""
    organisation = _organisation(request, told.organisation_id)
    items = [get_object_or_404(CatalogueItem, code=code) for code in told.items]
    facts = told.dict(exclude={"organisation_id", "items", "level"})
    made = standard_enter(
        actor=request.actor,
        organisation=organisation,
        items=items,
        level=MeasurementStandard.Level(told.level),
        **facts,
    )
    return Status(201, _standard(request, made.pk))


@router.get("/measurement-standards/{int:pk}", response=StandardOut, summary="One measurement standard")
def standard(request: Request, pk: Key) -> MeasurementStandard:
    """One measurement standard with its condition today."""
    return _standard(request, pk)


@router.get("/measurement-standards/{int:pk}/certificates", response=list[PaperOut], summary="Its papers")
def papers(request: Request, pk: Key) -> list[StandardCertificate]:
    """The papers that a measurement standard rests on."""
    return list(papers_of(_standard(request, pk), request.actor.today).order_by("-valid_from", "-pk")[:200])


@router.post("/measurement-standards/{int:pk}/certificates", response={201: PaperOut}, summary="Enter a paper")
def enter_paper(request: Request, pk: Key, told: PaperIn) -> Status[StandardCertificate]:
    """Enter a paper that a measurement standard rests on."""
    facts = told.dict() | {"kind": StandardCertificate.Kind(told.kind)}
    return Status(201, standard_certificate_enter(actor=request.actor, standard=_standard(request, pk), **facts))


@router.post("/measurement-standards/{int:pk}/suspend", response=StandardOut, summary="Take out of service")
def suspend(request: Request, pk: Key, told: From) -> MeasurementStandard:
    """Take a measurement standard out of service from a day on."""
    standard_suspend(actor=request.actor, standard=_standard(request, pk), on=told.on, reason=told.reason)
    return _standard(request, pk)


@router.post("/measurement-standards/{int:pk}/resume", response=StandardOut, summary="Bring back into service")
def resume(request: Request, pk: Key, told: From) -> MeasurementStandard:
    """Bring a measurement standard back into service from a day on."""
    standard_resume(actor=request.actor, standard=_standard(request, pk), on=told.on, reason=told.reason)
    return _standard(request, pk)


@router.get("/authorisations", response=Listed[AuthorisationOut], summary="Authorisations")
def authorisations(request: Request, asked: Query[PaperFilter], part: Part) -> dict[str, Any]:
    """The authorisations of the bodies that one works for or oversees."""
    return listed(_narrowed(authorisations_seen(request.actor, request.actor.today), asked), part)


@router.post("/authorisations", response={201: AuthorisationOut}, summary="Authorise a body")
def authorise(request: Request, told: AuthorisationIn) -> Status[Authorisation]:
    """Authorise a body to verify an item."""
    body, item = _organisation(request, told.body_id), get_object_or_404(CatalogueItem, code=told.item)
    region = get_object_or_404(Region, pk=told.region_id) if told.region_id else None
    facts = told.dict(exclude={"body_id", "item", "region_id"})
    made = authorisation_enter(actor=request.actor, body=body, item=item, region=region, **facts)
    return Status(201, authorisations_seen(request.actor, request.actor.today).get(pk=made.pk))


@router.post("/authorisations/{int:pk}/end", response={204: None}, summary="End an authorisation")
def end_authorisation(request: Request, pk: Key, told: From) -> Status[None]:
    """End an authorisation before a day."""
    row = get_object_or_404(authorisations_seen(request.actor, request.actor.today), pk=pk)
    authorisation_end(actor=request.actor, authorisation=row, on=told.on, reason=told.reason)
    return Status(204, None)


@router.get("/designations", response=Listed[DesignationOut], summary="Designations")
def designations(request: Request, asked: Query[PaperFilter], part: Part) -> dict[str, Any]:
    """The designations under which one works or which one oversees."""
    return listed(_narrowed(designations_seen(request.actor, request.actor.today), asked), part)


@router.post("/designations", response={201: DesignationOut}, summary="Designate a body")
def designate(request: Request, told: DesignationIn) -> Status[Designation]:
    """Designate a body for an item in a region."""
    body, item = _organisation(request, told.body_id), get_object_or_404(CatalogueItem, code=told.item)
    region = get_object_or_404(Region, pk=told.region_id)
    facts = told.dict(exclude={"body_id", "item", "region_id"})
    made = designation_make(actor=request.actor, body=body, item=item, region=region, **facts)
    return Status(201, designations_seen(request.actor, request.actor.today).get(pk=made.pk))


@router.post("/designations/{int:pk}/end", response={204: None}, summary="End a designation")
def end_designation(request: Request, pk: Key, told: From) -> Status[None]:
    """End a designation before a day."""
    row = get_object_or_404(designations_seen(request.actor, request.actor.today), pk=pk)
    designation_end(actor=request.actor, designation=row, on=told.on, reason=told.reason)
    return Status(204, None)


@router.get("/qualifications", response=Listed[QualificationOut], summary="Qualifications")
def qualifications(request: Request, asked: Query[PaperFilter], part: Part) -> dict[str, Any]:
    """The qualifications at the bodies that one works for or oversees."""
    return listed(_narrowed(qualifications_seen(request.actor, request.actor.today), asked), part)


@router.post("/qualifications", response={201: QualificationOut}, summary="Enter a qualification")
def qualify(request: Request, told: QualificationIn) -> Status[Qualification]:
    """Enter the qualification of one of the body's people."""
    body, item = _organisation(request, told.body_id), get_object_or_404(CatalogueItem, code=told.item)
    person = get_object_or_404(Person, pk=told.person_id, organisation=body)
    facts = told.dict(exclude={"body_id", "item", "person_id"})
    made = qualification_enter(actor=request.actor, person=person, body=body, item=item, **facts)
    return Status(201, qualifications_seen(request.actor, request.actor.today).get(pk=made.pk))


@router.post("/qualifications/{int:pk}/end", response={204: None}, summary="End a qualification")
def end_qualification(request: Request, pk: Key, told: From) -> Status[None]:
    """End a qualification before a day."""
    row = get_object_or_404(qualifications_seen(request.actor, request.actor.today), pk=pk)
    qualification_end(actor=request.actor, qualification=row, on=told.on, reason=told.reason)
    return Status(204, None)


def _narrowed(rows: Any, asked: PaperFilter) -> Any:
    wanted = {"condition": asked.condition, "item__code": asked.item}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _standard(request: Request, pk: int) -> MeasurementStandard:
    return get_object_or_404(standards_seen(request.actor, request.actor.today), pk=pk)


def _organisation(request: Request, pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
