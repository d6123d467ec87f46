"""Measurement standards and their papers for programs."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, column, listed, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.api.registers import From, organisation_of
from hengliang.platform.standards.models import (
    MeasurementStandard,
    StandardCertificate,
)
from hengliang.platform.standards.registers import (
    papers_of,
    standards_seen,
)
from hengliang.platform.standards.services import (
    standard_certificate_enter,
    standard_enter,
    standard_resume,
    standard_suspend,
)

router = Router(tags=["standards"])
Condition = Literal["in_order", "due_soon", "not_in_order", "suspended"]
Level = Annotated[MeasurementStandard.Level, words_of(MeasurementStandard.Level)]
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
    name: Annotated[str, column(MeasurementStandard, "name", least=1)] = Field(examples=["燃油加油机检定装置"])
    level: Level = Field(examples=["public"])
    items: list[Line] = Field(max_length=100, examples=[["FUEL"]])
    code: Annotated[str, column(MeasurementStandard, "code")] = ""
    measuring_range: Annotated[str, column(MeasurementStandard, "measuring_range")] = ""
    uncertainty: Annotated[str, column(MeasurementStandard, "uncertainty")] = ""


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
    number: Annotated[str, column(StandardCertificate, "number", least=1)] = Field(examples=["LL2026-0001"])
    issuer: Annotated[str, column(StandardCertificate, "issuer", least=1)] = Field(examples=["示例省计量院"])
    valid_from: Day
    valid_until: Day


class ConditionFilter(Schema):
    """Which standards."""

    condition: Condition | None = None


@router.get("", response=Listed[StandardOut], summary="Measurement standards")
def standards(request: Request, asked: Query[ConditionFilter], part: Part) -> dict[str, Any]:
    """The measurement standards that one may see, with their condition today."""
    rows: Any = standards_seen(request.actor, request.actor.today)
    return listed(rows.filter(condition=asked.condition) if asked.condition else rows, part)


@router.post("", response={201: StandardOut}, summary="Enter a measurement standard")
def enter_standard(request: Request, told: StandardIn) -> Status[MeasurementStandard]:
    """Enter a measurement standard, in service from today."""
    organisation = organisation_of(request, told.organisation_id)
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


@router.get("/{int:pk}", response=StandardOut, summary="One measurement standard")
def standard(request: Request, pk: Key) -> MeasurementStandard:
    """One measurement standard with its condition today."""
    return _standard(request, pk)


@router.get("/{int:pk}/certificates", response=list[PaperOut], summary="Its papers")
def papers(request: Request, pk: Key) -> list[StandardCertificate]:
    """The papers that a measurement standard rests on."""
    return list(papers_of(_standard(request, pk), request.actor.today).order_by("-valid_from", "-pk")[:200])


@router.post("/{int:pk}/certificates", response={201: PaperOut}, summary="Enter a paper")
def enter_paper(request: Request, pk: Key, told: PaperIn) -> Status[StandardCertificate]:
    """Enter a paper that a measurement standard rests on."""
    facts = told.dict() | {"kind": StandardCertificate.Kind(told.kind)}
    return Status(201, standard_certificate_enter(actor=request.actor, standard=_standard(request, pk), **facts))


@router.post("/{int:pk}/suspend", response=StandardOut, summary="Take out of service")
def suspend(request: Request, pk: Key, told: From) -> MeasurementStandard:
    """Take a measurement standard out of service from a day on."""
    standard_suspend(actor=request.actor, standard=_standard(request, pk), on=told.on, reason=told.reason)
    return _standard(request, pk)


@router.post("/{int:pk}/resume", response=StandardOut, summary="Bring back into service")
def resume(request: Request, pk: Key, told: From) -> MeasurementStandard:
    """Bring a measurement standard back into service from a day on."""
    standard_resume(actor=request.actor, standard=_standard(request, pk), on=told.on, reason=told.reason)
    return _standard(request, pk)


def _standard(request: Request, pk: int) -> MeasurementStandard:
    return get_object_or_404(standards_seen(request.actor, request.actor.today), pk=pk)
