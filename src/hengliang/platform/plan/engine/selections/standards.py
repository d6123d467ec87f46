"""Measurement standards: those in service with a valid certificate, and those first certified in a period."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.plan.engine.keyed import Keyed, Span
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.selection import Where
from hengliang.platform.standards.models import MeasurementStandard, StandardCertificate, StandardStatus

Kind = StandardCertificate.Kind
_PROVES: dict[str, tuple[str, ...]] = {MeasurementStandard.Level.PUBLIC: (Kind.PUBLIC,)}
_ELSE = (Kind.EXAMINATION, Kind.PUBLIC)


def _papers(where: Where, known_at: datetime | None) -> list[tuple[int, int, date, date | None]]:
    """Standard, region, first day and day after the last of each paper that proves the standard at its level."""
    rows = StandardCertificate.objects.known(known_at).exclude(kind=Kind.TRACEABILITY)
    if "level" in where:
        rows = rows.filter(standard__level__in=where["level"])
    found = rows.values_list(
        "standard_id", "standard__organisation__region_id", "valid_from", "valid_to", "standard__level", "kind"
    )
    return [(pk, region, start, end) for pk, region, start, end, level, kind in found
            if kind in _PROVES.get(level, _ELSE)]  # fmt: skip


def _in_service(known_at: datetime | None, *, wanted: bool) -> dict[int, list[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = {}
    rows = StandardStatus.objects.known(known_at).filter(in_service=wanted)
    for standard, start, end in rows.values_list("standard_id", "valid_from", "valid_to"):
        found.setdefault(standard, []).append((start, end))
    return found


def _standing(where: Where, known_at: datetime | None, *, in_service: bool = True) -> list[Span]:
    """Valid paper and in service, both: the days that they share.

    A standard whose service was first written down after its certificate was in service before, as far as anybody
    knows; only a stop counts as one.
    """
    stops = _in_service(known_at, wanted=False)
    if not in_service:
        return [
            Span(pk, region, max(start, low), _sooner(end, high))
            for pk, region, start, end in _papers(where, known_at)
            for low, high in stops.get(pk, ())
            if _shares(start, end, low, high)
        ]
    found = []
    for pk, region, start, end in _papers(where, known_at):
        found += [Span(pk, region, low, high) for low, high in _without(start, end, stops.get(pk, []))]
    return found


def _without(start: date, end: date | None, stops: list[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """What is left of a span when the stops are taken out."""
    left: list[tuple[date, date | None]] = []
    here = start
    for low, high in sorted(stops, key=lambda stop: stop[0]):
        if not _shares(here, end, low, high):
            continue
        if low > here:
            left.append((here, low))
        if high is None:
            return left
        here = high
    return [*left, (here, end)] if end is None or here < end else left


def _shares(start: date, end: date | None, low: date, high: date | None) -> bool:
    return (high is None or high > start) and (end is None or low < end)


def _sooner(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _built(where: Where, known_at: datetime | None) -> Iterable[Span]:
    """The first paper of each; that it was built stays true when the paper has run out."""
    return [Span(pk, region, start, None) for pk, region, start, _end in _papers(where, known_at)]


def _any(known_at: datetime | None) -> Iterable[Span]:
    rows = StandardCertificate.objects.known(known_at)
    return [
        Span(*row, None) for row in rows.values_list("standard_id", "standard__organisation__region_id", "valid_from")
    ]


def objects(keys: Iterable[int]) -> "QuerySet[MeasurementStandard]":
    """The standards of these keys."""
    return MeasurementStandard.objects.filter(pk__in=list(keys)).select_related("organisation")


def _stopped(scope: Scope) -> "QuerySet[Any]":
    return objects(_STOPPED.keys({}, "stock", scope))


def _lapsed(scope: Scope) -> "QuerySet[Any]":
    ever = Keyed(_built, objects).keys({}, "stock", scope)
    return objects(ever - STANDARDS.keys({}, "stock", scope) - _STOPPED.keys({}, "stock", scope))


def _before(scope: Scope) -> "QuerySet[Any]":
    return objects(STANDARDS_BUILT.keys({}, "stock", scope) - STANDARDS_BUILT.keys({}, "new", scope))


_STOPPED = Keyed(lambda where, known_at: _standing(where, known_at, in_service=False), objects)
STANDARDS = Keyed(
    _standing,
    objects,
    names=frozenset({"level"}),
    counts="measurement_standards",
    excluded={
        "stopped": (_("Out of service, though the certificate is valid"), _stopped),
        "lapsed": (_("Certificate no longer valid"), _lapsed),
    },
    ledger=_any,
)
STANDARDS_BUILT = Keyed(
    _built,
    objects,
    names=frozenset({"level"}),
    counts="measurement_standards",
    excluded={"before": (_("First certified before the period began"), _before)},
    ledger=_any,
)
