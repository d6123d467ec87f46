"""What is left of the stock, computed from ranges: in a person's hands, in the store of a body; what was skipped."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from hengliang.platform.certificates.marks.numbers import Range, amount, joined, serials, without
from hengliang.platform.certificates.models import Mark, MarkBatch, MarkHolding, MarkSeries
from hengliang.platform.core.rights import BODY_ROLES, Actor
from hengliang.platform.parties.models import Organisation, Person

# Multiranges are subtracted by the database: what was used of 100,000 numbers comes back as a few ranges.
_LEFT = """
    WITH had AS (
        SELECT series_id, range_agg(int8range(first, last, '[]')) AS numbers
        FROM ({source}) AS source GROUP BY series_id
    ), gone AS (
        SELECT m.series_id, range_agg(int8range(m.first, m.last, '[]')) AS numbers
        FROM certificates_mark m JOIN had ON had.series_id = m.series_id
        WHERE m.first <= upper(had.numbers) AND m.last >= lower(had.numbers) GROUP BY m.series_id
    )
    SELECT series_id, lower(part), upper(part) - 1
    FROM (SELECT had.series_id, unnest(had.numbers - coalesce(gone.numbers, '{{}}'::int8multirange)) AS part
          FROM had LEFT JOIN gone USING (series_id)) AS parts ORDER BY 1, 2
"""
_HELD = """
    SELECT h.series_id, h.first, h.last FROM certificates_markholding h
    JOIN certificates_markseries s ON s.id = h.series_id
    WHERE s.body_id = %(body)s AND h.person_id = %(person)s AND h.known_to IS NULL
    AND h.valid_from <= %(on)s AND (h.valid_to IS NULL OR h.valid_to > %(on)s)
"""


@dataclass
class Left:
    """What is left of a series: ranges upwards."""

    series: MarkSeries
    ranges: list[Range] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The code of the kind of mark."""
        return self.series.kind

    @property
    def amount(self) -> int:
        """How many."""
        return amount(self.ranges)

    def printed(self) -> list[str]:
        """The ranges as people write them."""
        return [printed_range(self.series, one) for one in self.ranges]

    @property
    def words(self) -> str:
        """The ranges in one line."""
        return "、".join(self.printed())

    def numbers(self, most: int | None = None) -> list[str]:
        """The single numbers, no more than `most`."""
        return [self.series.printed(serial) for serial in serials(self.ranges, most)]


def printed_range(series: MarkSeries, numbers: Range) -> str:
    """A range as people write it; a single number alone."""
    low, high = numbers
    return series.printed(low) if low == high else f"{series.printed(low)}–{series.printed(high)}"


def in_hand(*, body: Organisation, person: Person, on: date, kind: str = "") -> list[Left]:
    """What a person has in hand for a body on a day, by series."""
    found = _left(_HELD, {"body": body.pk, "person": person.pk, "on": on})
    return [one for one in found if kind in ("", one.kind)]


def in_store(*, body: Organisation, kind: str = "") -> list[Left]:
    """What lies in the store of a body now: received, with nobody, and not gone."""
    rows = MarkHolding.objects.filter(series__body=body, known_to=None, valid_to=None)
    held: dict[int, list[Range]] = {}
    for series, low, high in rows.values_list("series_id", "first", "last"):
        held.setdefault(series, []).append((low, high))
    source = (
        "SELECT b.series_id, b.first, b.last FROM certificates_markbatch b"
        " JOIN certificates_markseries s ON s.id = b.series_id WHERE s.body_id = %(body)s"
    )
    found = [
        Left(one.series, without(one.ranges, held.get(one.series.pk, ()))) for one in _left(source, {"body": body.pk})
    ]
    return [one for one in found if one.ranges and kind in ("", one.kind)]


def _left(source: str, asked: dict[str, int | date]) -> list[Left]:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT.format(source=source), asked)
        rows = cursor.fetchall()
    series = MarkSeries.objects.in_bulk({row[0] for row in rows})
    found: dict[int, Left] = {}
    for pk, low, high in rows:
        found.setdefault(pk, Left(series[pk])).ranges.append((low, high))
    return sorted(found.values(), key=lambda one: (one.kind, one.series.prefix, one.series.width))


def skipped(*, body: Organisation, person: Person, on: date) -> list[Left]:
    """Numbers in hand that lie below one that the person used of the same range: labels go one after the other, so
    somebody should be able to say where these are."""
    held = MarkHolding.objects.on(on).filter(series__body=body, person=person)
    found: dict[int, list[Range]] = {}
    left = {one.series.pk: one for one in in_hand(body=body, person=person, on=on)}
    for series, low, high in held.values_list("series_id", "first", "last"):
        used = Mark.objects.filter(series=series, first__gte=low, last__lte=high, instrument__isnull=False)
        highest = used.order_by("-first").values_list("first", flat=True).first()
        if highest is not None and series in left:
            below = without([(low, highest)], without([(low, highest)], left[series].ranges))
            found.setdefault(series, []).extend(below)
    return [Left(left[series].series, joined(ranges)) for series, ranges in found.items() if ranges]


@dataclass(frozen=True)
class Account:
    """The account of one kind of mark at a body: what came in, and where it is."""

    kind: str
    received: int
    store: int
    held: int
    states: dict[str, int]

    @property
    def carried(self) -> int:
        """On instruments, and good as far as the mark goes."""
        return self.states.get("on_instrument", 0)

    @property
    def to_remove(self) -> int:
        """Cancelled, and still on instruments."""
        return self.states.get("to_remove", 0)

    @property
    def off(self) -> int:
        """Struck, superseded or taken off."""
        return sum(self.states.get(state, 0) for state in ("struck", "superseded", "removed"))

    @property
    def spoiled(self) -> int:
        """Written off as spoiled."""
        return self.states.get("spoiled", 0)

    @property
    def lost(self) -> int:
        """Written off as lost."""
        return self.states.get("lost", 0)

    @property
    def destroyed(self) -> int:
        """Destroyed before two people."""
        return self.states.get("destroyed", 0)

    @property
    def unexplained(self) -> int:
        """What was received and is nowhere; 0 while the books are right."""
        return self.received - self.store - self.held - sum(self.states.values())


_ACCOUNT = """
    SELECT s.kind, m.state, sum(m.last - m.first + 1)
    FROM certificates_mark m JOIN certificates_markseries s ON s.id = m.series_id
    WHERE s.body_id = %(body)s GROUP BY 1, 2
"""


def accounts(*, body: Organisation, on: date) -> list[Account]:
    """The account of each kind that a body ever received."""
    received: dict[str, int] = {}
    for kind, low, high in MarkBatch.objects.filter(series__body=body).values_list("series__kind", "first", "last"):
        received[kind] = received.get(kind, 0) + high - low + 1
    states: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNT, {"body": body.pk})
        for kind, state, count in cursor.fetchall():
            states.setdefault(kind, {})[state] = int(count)
    store, held = _by_kind(in_store(body=body)), _by_kind(_left(_HELD_BY_ALL, {"body": body.pk, "on": on}))
    return [
        Account(kind, count, store.get(kind, 0), held.get(kind, 0), states.get(kind, {}))
        for kind, count in received.items()
    ]


_HELD_BY_ALL = _HELD.replace("AND h.person_id = %(person)s ", "")


def _by_kind(found: Iterable[Left]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.kind] = counts.get(one.kind, 0) + one.amount
    return counts


def holders(*, body: Organisation, on: date) -> list[Person]:
    """Who has marks of a body in hand, or had and used them all."""
    rows = MarkHolding.objects.on(on).filter(series__body=body)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("name", "pk"))


def bodies_seen(actor: Actor) -> "QuerySet[Organisation]":
    """The bodies whose stock the actor keeps, uses or oversees."""
    rows = Organisation.objects.filter(is_verification_body=True)
    own = rows.filter(pk__in=actor.organisations(BODY_ROLES))
    return (own | rows.filter(region_id__in=actor.regions())).order_by("name", "pk")
