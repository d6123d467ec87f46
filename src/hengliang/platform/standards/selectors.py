"""What may be used for a verification on a day, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

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


def obstacles(
    *, body: Organisation, person: Person, item: CatalogueItem, standards: Sequence[MeasurementStandard], on: date
) -> list[Obstacle]:
    """All that is not in order for this person of this body to verify this item with these standards that day."""
    items = ancestors(item)
    found = []
    if not Authorisation.objects.on(on).filter(body=body, item__in=items).exists():
        found.append(Obstacle("authorisation", {"item": item.name, "on": on}))
    if not Qualification.objects.on(on).filter(person=person, body=body, item__in=items).exists():
        found.append(Obstacle("qualification", {"person": person.name, "item": item.name, "on": on}))
    if not standards:
        found.append(Obstacle("no_standard", {}))
    for standard in standards:
        found += standard_obstacles(standard, on)
    return found


def standard_obstacles(standard: MeasurementStandard, on: date) -> list[Obstacle]:
    """What keeps a measurement standard from being used that day."""
    params = {"standard": standard.name, "on": on}
    kinds = set(StandardCertificate.objects.on(on).filter(standard=standard).values_list("kind", flat=True))
    found = []
    if StandardStatus.objects.on(on).filter(standard=standard, in_service=False).exists():
        found.append(Obstacle("standard_suspended", params))
    if not kinds & {StandardCertificate.Kind.EXAMINATION, StandardCertificate.Kind.PUBLIC}:
        found.append(Obstacle("standard_examination", params))
    if StandardCertificate.Kind.TRACEABILITY not in kinds:
        found.append(Obstacle("standard_traceability", params))
    return found


def require_in_order(
    *, body: Organisation, person: Person, item: CatalogueItem, standards: Sequence[MeasurementStandard], on: date
) -> None:
    """Raise `NotInOrder`, naming every obstacle, unless the verification may be done that day."""
    if found := obstacles(body=body, person=person, item=item, standards=standards, on=on):
        raise NotInOrder(
            "not_in_order",
            "Not in order on %(on)s: %(obstacles)s What is typed stays saved; renew it and submit again.",
            on=on,
            obstacles=" ".join(map(str, found)),
        )


def standards_for(body: Organisation, item: CatalogueItem) -> "models.QuerySet[MeasurementStandard]":
    """The measurement standards of a body that serve an item."""
    return MeasurementStandard.objects.filter(organisation=body, items__in=ancestors(item)).distinct().order_by("name")
