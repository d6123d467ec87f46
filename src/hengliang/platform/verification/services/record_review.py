"""A second person has checked the record."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.errors import SamePerson
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.rounds.contested import require_uncontested
from hengliang.platform.verification.states import RECORD, TASK


def record_review(*, actor: Actor, record: Record) -> None:
    """A second person has checked the record.

    Errors: `SamePerson`; `Blocked` while two devices of a round differ about it.
    """
    permit(actor, "record_review", organisations=[record.task.body_id])
    reviewer = person_of(actor)
    require_other(reviewer, record.verifier)
    require_uncontested(record)
    with perform(actor, "record_review", subject=record, organisation_id=record.task.body_id) as act:
        move(RECORD, record, act)
        move(TASK, record.task, act)
        Record.objects.filter(pk=record.pk).update(reviewer=reviewer)
    record.reviewer = reviewer


def require_other(person: Person, *others: Person | None) -> None:
    """Raise `SamePerson` if the person already took part."""
    if person in others:
        raise SamePerson(
            "same_person", "%(name)s has already signed this record. It needs a different person.", name=person.name
        )
