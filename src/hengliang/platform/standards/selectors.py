"""What may be used for a verification on a day, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.models import (
    Authorisation,
    MeasurementStandard,
    Qualification,
    StandardCertificate,
    StandardStatus,
)

_NAMES = {
    "authorisation": _("The body holds no authorisation for “%(item)s” on %(on)s."),
    "qualification": _("%(person)s holds no qualification for “%(item)s” on %(on)s."),
    "no_standard": _("No measurement standard was named."),
    "standard_suspended": _("The measurement standard “%(standard)s” is out of service on %(on)s."),
    "standard_examination": _("The measurement standard “%(standard)s” has no certificate of examination on %(on)s."),
    "standard_level": _("The measurement standard “%(standard)s” (%(level)s) is not of the level that it takes."),
    "standard_traceability": _("The traceability of “%(standard)s” is not proven on %(on)s."),
}


@dataclass(frozen=True)
class Obstacle:
    """One thing that is not in order on a day."""

    code: str
    params: dict[str, Any]

    def __str__(self) -> str:
        return str(_NAMES[self.code]) % self.params


def ancestors(item: CatalogueItem) -> list[int]:
    """The item and all items above it: an authorisation for the family covers its members."""
    found, node = [item.pk], item.parent
    while node is not None:
        found.append(node.pk)
        node = node.parent
    return found


@dataclass(frozen=True)
class Needs:
    """What a kind of job needs to be in order: which papers, which levels of standards, and where.

    papers : of `authorisation`, `qualification`, `examination`, `traceability`
    levels : of `MeasurementStandard.Level`; empty where any will do
    region_id : where the instrument is; None where it is not asked
    factory : whether the authorisation of a manufacturer counts
    """

    papers: frozenset[str] = frozenset({"authorisation", "qualification", "examination", "traceability"})
    levels: frozenset[str] = frozenset()
    region_id: int | None = None
    factory: bool = False


VERIFYING = Needs()


def regions_above(region_id: int, on: date) -> list[int]:
    """The region and those above it, the nearest first."""
    parents = dict(RegionVersion.objects.on(on).values_list("region_id", "parent_id"))
    found = [region_id]
    while (parent := parents.get(found[-1])) is not None and parent not in found:
        found.append(parent)
    return found


def authorised(body_id: int, item: CatalogueItem, region_id: int | None, on: date, *, factory: bool = False) -> bool:
    """Whether a body is authorised for an item in a region on a day; `factory`: also as a manufacturer, anywhere."""
    by_maker = models.Q(kind=Authorisation.Kind.MANUFACTURER)
    counts = ~by_maker
    if region_id is not None:
        counts &= models.Q(region=None) | models.Q(region__in=regions_above(region_id, on))
    rows = Authorisation.objects.on(on).filter(body_id=body_id, item__in=ancestors(item))
    return rows.filter(counts | by_maker if factory else counts).exists()


def obstacles(
    *, body: Organisation, person: Person, item: CatalogueItem, standards: Sequence[MeasurementStandard], on: date,
    needs: Needs = VERIFYING,
) -> list[Obstacle]:  # fmt: skip
    """All that is not in order for this person of this body to do the job with these standards that day."""
    found = []
    if "authorisation" in needs.papers and not authorised(body.pk, item, needs.region_id, on, factory=needs.factory):
        found.append(Obstacle("authorisation", {"item": item.name, "on": on}))
    qualified = Qualification.objects.on(on).filter(person=person, body=body, item__in=ancestors(item))
    if "qualification" in needs.papers and not qualified.exists():
        found.append(Obstacle("qualification", {"person": person.name, "item": item.name, "on": on}))
    if not standards:
        found.append(Obstacle("no_standard", {}))
    for standard in standards:
        found += standard_obstacles(standard, on, needs)
    return found


def standard_obstacles(standard: MeasurementStandard, on: date, needs: Needs = VERIFYING) -> list[Obstacle]:
    """What keeps a measurement standard from being used that day."""
    params = {"standard": standard.name, "on": on}
    kinds = set(StandardCertificate.objects.on(on).filter(standard=standard).values_list("kind", flat=True))
    examined = kinds & {StandardCertificate.Kind.EXAMINATION, StandardCertificate.Kind.PUBLIC}
    found = []
    if StandardStatus.objects.on(on).filter(standard=standard, in_service=False).exists():
        found.append(Obstacle("standard_suspended", params))
    if "examination" in needs.papers and not examined:
        found.append(Obstacle("standard_examination", params))
    if "traceability" in needs.papers and StandardCertificate.Kind.TRACEABILITY not in kinds:
        found.append(Obstacle("standard_traceability", params))
    if needs.levels and standard.level not in needs.levels:
        found.append(Obstacle("standard_level", params | {"level": standard.get_level_display()}))
    return found


def require_in_order(
    *, body: Organisation, person: Person, item: CatalogueItem, standards: Sequence[MeasurementStandard], on: date,
    needs: Needs = VERIFYING,
) -> None:  # fmt: skip
    """Raise `NotInOrder`, naming every obstacle, unless the job may be done that day."""
    if found := obstacles(body=body, person=person, item=item, standards=standards, on=on, needs=needs):
        raise NotInOrder(
            "not_in_order",
            "Not in order on %(on)s: %(obstacles)s What is typed stays saved; renew it and submit again.",
            on=on,
            obstacles=" ".join(map(str, found)),
        )


def standards_for(body: Organisation, item: CatalogueItem) -> "models.QuerySet[MeasurementStandard]":
    """The measurement standards of a body that serve an item."""
    return MeasurementStandard.objects.filter(organisation=body, items__in=ancestors(item)).distinct().order_by("name")
