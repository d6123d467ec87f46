"""The registers as their readers see them: who sees which rows, until when each is good, and what runs out soon."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.reach import body_reached
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.standards.models import (
    Authorisation,
    Designation,
    MeasurementStandard,
    Qualification,
    StandardCertificate,
    StandardStatus,
)

SOON = timedelta(days=60)
EVER = date(9999, 12, 31)
EXAMINED = (StandardCertificate.Kind.EXAMINATION, StandardCertificate.Kind.PUBLIC)
TRACED = (StandardCertificate.Kind.TRACEABILITY,)


def standards_seen(actor: Actor, on: date) -> "QuerySet[MeasurementStandard]":
    """The measurement standards that the actor may see, each with `good_to` and `condition` of a day.

    `condition` is `suspended`, `not_in_order` (a paper is missing or expired), `due_soon` or `in_order`.
    `good_to` is the first day on which a paper is no longer good; null where one is missing.
    """
    suspended = StandardStatus.objects.on(on).filter(standard=OuterRef("pk"), in_service=False)
    rows = MeasurementStandard.objects.visible_to(actor).annotate(
        suspended=Exists(suspended), examined_to=_paper(EXAMINED, on), traced_to=_paper(TRACED, on)
    )
    rows = rows.annotate(good_to=Case(When(_complete(), then=Least("examined_to", "traced_to"))))
    return rows.annotate(condition=_condition(on))


def _paper(kinds: tuple[str, ...], on: date) -> Any:
    papers = StandardCertificate.objects.on(on).filter(standard=OuterRef("pk"), kind__in=kinds)
    last = papers.order_by().values("standard").annotate(last=Max(Coalesce("valid_to", Value(EVER)))).values("last")
    return Subquery(last, output_field=DateField())


def _complete() -> Q:
    return Q(examined_to__isnull=False, traced_to__isnull=False)


def _condition(on: date) -> Any:
    return Case(
        When(suspended=True, then=Value("suspended")),
        When(good_to__isnull=True, then=Value("not_in_order")),
        When(good_to__lte=on + SOON, then=Value("due_soon")),
        default=Value("in_order"),
        output_field=CharField(),
    )


def authorisations_seen(actor: Actor, on: date) -> "QuerySet[Authorisation]":
    """The authorisations known now of the bodies that the actor works for or oversees, with their `condition`."""
    rows = _in_regions(Authorisation.objects.known().select_related("body", "item"), on)
    return _dated(_of_bodies(rows, actor), on)  # type: ignore[no-any-return]


def designations_seen(actor: Actor, on: date) -> "QuerySet[Designation]":
    """The designations known now of the regions that the actor oversees or the bodies that he works for."""
    rows = _in_regions(Designation.objects.known().select_related("body", "item"), on)
    if not actor.has(Role.ADMINISTRATOR):
        rows = rows.filter(Q(body_id__in=actor.organisations(BODY_ROLES)) | Q(region_id__in=actor.regions()))
    return _dated(rows, on)  # type: ignore[no-any-return]


def _in_regions(rows: Any, on: date) -> Any:
    named = RegionVersion.objects.on(on).filter(region=OuterRef("region"))
    return rows.annotate(region_name=Subquery(named.values("name")[:1]))


def qualifications_seen(actor: Actor, on: date) -> "QuerySet[Qualification]":
    """The qualifications known now at the bodies that the actor works for or oversees, with their `condition`."""
    rows = Qualification.objects.known().select_related("body", "item", "person")
    return _dated(_of_bodies(rows, actor), on)  # type: ignore[no-any-return]


def _of_bodies(rows: Any, actor: Actor) -> Any:
    return rows.filter(body_reached(actor, "body"))


def _dated(rows: Any, on: date) -> Any:
    condition = Case(
        When(valid_from__gt=on, then=Value("to_come")),
        When(valid_to__lte=on, then=Value("expired")),
        When(valid_to__lte=on + SOON, then=Value("due_soon")),
        default=Value("in_order"),
        output_field=CharField(),
    )
    return rows.annotate(condition=condition)


def papers_of(standard: MeasurementStandard, on: date) -> "QuerySet[StandardCertificate]":
    """The papers of a measurement standard known now, with their `condition` of a day."""
    return _dated(StandardCertificate.objects.known().filter(standard=standard), on)  # type: ignore[no-any-return]
