"""What verifiers and measurement standards can do in a month."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Sum

from hengliang.norms.calendar import Calendar, working_days_between
from hengliang.norms.coefficients import coefficients_of
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import (
    MeasurementStandard,
    Qualification,
    StandardCertificate,
    StandardStatus,
)
from hengliang.platform.verification.models import Record, WorkTime

ENOUGH = 20  # fewer records of a year say nothing about what a day brings
YEAR = timedelta(days=365)
A_WORKING_DAY = Decimal(8)
OTHERS = "OTHER"
EXAMINED = {StandardCertificate.Kind.EXAMINATION, StandardCertificate.Kind.PUBLIC}


@dataclass(frozen=True)
class Output:
    """How many instruments of an item one verifier completes a day; measured in the records, or by the rule."""

    a_day: Decimal
    measured: bool


def outputs(items: Iterable[CatalogueItem], bodies: Collection[int], on: date) -> Mapping[int, Output]:
    """The daily output of each item at these bodies."""
    measured = _measured(bodies, on) | _by_hours(bodies, on)
    return {
        item.pk: Output(measured[item.pk], True) if item.pk in measured else Output(planned_output(item, on), False)
        for item in items
    }


def planned_output(item: CatalogueItem, on: date) -> Decimal:
    """What a verifier's day brings by the planning rule, for the item or the family above it."""
    table = coefficients_of(rules()["verification/daily-output"].at(on))
    node: CatalogueItem | None = item
    while node is not None:
        if node.code in table.rows:
            return table.number(node.code, "a_day")
        node = node.parent
    return table.number(OTHERS, "a_day")


def _measured(bodies: Collection[int], on: date) -> dict[int, Decimal]:
    days = (
        Record.objects.filter(task__body__in=bodies, verified_on__gt=on - YEAR, verified_on__lte=on)
        .exclude(state="void")
        .values_list("task__instrument__item_id", "verifier_id", "verified_on")
        .annotate(done=Count("pk"))
        .order_by()
    )
    done: dict[int, int] = defaultdict(int)
    worked: dict[int, int] = defaultdict(int)
    for item, _verifier, _day, count in days:
        done[item] += count
        worked[item] += 1
    return {item: Decimal(count) / worked[item] for item, count in done.items() if count >= ENOUGH}


def _by_hours(bodies: Collection[int], on: date) -> dict[int, Decimal]:
    """What eight hours brought, the way included, by the working time entered: it tells more than records do."""
    rows = (
        WorkTime.objects.filter(body__in=bodies, state="entered", worked_on__gt=on - YEAR, worked_on__lte=on)
        .values_list("item_id")
        .annotate(done=Sum("pieces"), spent=Sum(F("hours") + F("travel_hours")))
        .order_by()
    )
    return {item: done * A_WORKING_DAY / spent for item, done, spent in rows if done >= ENOUGH}


@dataclass(frozen=True)
class People:
    """Who may verify what: person and item, from a day, to before a day."""

    rows: Sequence[tuple[int, int, date, date | None]]

    @classmethod
    def of(cls, bodies: Collection[int]) -> "People":
        """The qualifications at these bodies, as known now."""
        rows = Qualification.objects.filter(body__in=bodies, known_to=None)
        return cls(list(rows.values_list("person_id", "item_id", "valid_from", "valid_to")))

    def on(self, day: date, items: Collection[int] | None = None) -> frozenset[int]:
        """The people whose qualification holds on a day; for some items, or for any."""
        return frozenset(
            person
            for person, item, start, end in self.rows
            if _holds(start, end, day) and (items is None or item in items)
        )


@dataclass(frozen=True)
class Standards:
    """The measurement standards of some bodies: which items they serve, and when their papers hold."""

    items: Mapping[int, frozenset[int]]
    papers: Mapping[int, Sequence[tuple[str, date, date | None]]]
    halts: Mapping[int, Sequence[tuple[date, date | None]]]

    @classmethod
    def of(cls, bodies: Collection[int]) -> "Standards":
        """Those of the bodies, as known now."""
        served: dict[int, set[int]] = defaultdict(set)
        links = MeasurementStandard.items.through.objects.filter(measurementstandard__organisation__in=bodies)
        for standard, item in links.values_list("measurementstandard_id", "catalogueitem_id"):
            served[standard].add(item)
        papers, halts = defaultdict(list), defaultdict(list)
        held = StandardCertificate.objects.filter(standard__in=served, known_to=None)
        for standard, kind, start, end in held.values_list("standard_id", "kind", "valid_from", "valid_to"):
            papers[standard].append((kind, start, end))
        halted = StandardStatus.objects.filter(standard__in=served, known_to=None, in_service=False)
        for standard, start, end in halted.values_list("standard_id", "valid_from", "valid_to"):
            halts[standard].append((start, end))
        return cls({standard: frozenset(items) for standard, items in served.items()}, papers, halts)

    def in_order(self, day: date, items: Collection[int]) -> int:
        """How many of those that serve one of the items are in order on a day."""
        return sum(self._good(standard, day) for standard, served in self.items.items() if served & set(items))

    def _good(self, standard: int, day: date) -> bool:
        kinds = {kind for kind, start, end in self.papers.get(standard, ()) if _holds(start, end, day)}
        if any(_holds(start, end, day) for start, end in self.halts.get(standard, ())):
            return False
        return StandardCertificate.Kind.TRACEABILITY in kinds and bool(kinds & EXAMINED)


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)


def working_days_in(month: date, today: date) -> int:
    """The working days of a month from today on."""
    begin = max(month, today) - timedelta(days=1)
    following = (month + timedelta(days=31)).replace(day=1)
    return working_days_between(Calendar.of(rules()["calendar/china"]), begin, following - timedelta(days=1))
