"""Signatures of a record of which one may stand for another: the person was invited by who signs beside them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import invited_by
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.signs.sign import BACK, Sign
from hengliang.platform.verification.models import Record

SIGNERS = ("verifier", "reviewer", "approver")


def signers_invited(on: date) -> Iterator[Sign]:
    """People who invited another to the platform and signed the same record; one sign a pair and region."""
    rows = Record.objects.filter(verified_on__gt=on - BACK, verified_on__lte=on).exclude(state="void").order_by()
    people = {person for name in SIGNERS for person in rows.values_list(name, flat=True).distinct() if person}
    pairs = invited_by(people)
    names = Person.objects.in_bulk({person for pair in pairs for person in pair})
    for inviter, invited in sorted(pairs):
        found = rows.filter(_signed(inviter)).filter(_signed(invited)).select_related("task__instrument")
        regions: dict[int, list[Record]] = {}
        for record in found.order_by("pk"):
            regions.setdefault(record.task.region_id, []).append(record)
        for region, records in regions.items():
            yield _sign(region, records, names[inviter], names[invited])


def _signed(person: int) -> Q:
    return Q(verifier=person) | Q(reviewer=person) | Q(approver=person)


def _sign(region: int, records: list[Record], inviter: Person, invited: Person) -> Sign:
    last = max(records, key=lambda record: record.verified_on)
    rows = [
        {"instrument": record.task.instrument.code, "day": record.verified_on.isoformat(), "at": record.number}
        for record in records
    ]
    facts = {"person": inviter.name, "other": invited.name, "rows": rows}
    key = f"{inviter.pk}|{invited.pk}"
    return Sign(
        Finding.Kind.SIGNERS_INVITED, key, region, last.verified_on, facts,
        body_id=last.task.body_id, person_id=inviter.pk,
    )  # fmt: skip
