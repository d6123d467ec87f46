"""The labels of a round in the field: what a person takes along, and that one was put on. A round, which stands below
this app, offers the place for it; it is filled in when the apps are ready."""

from collections.abc import Sequence
from datetime import date

from hengliang.platform.certificates.marks.stock import in_hand
from hengliang.platform.certificates.services import mark_use
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.models import Task

LABEL = "label"


class RoundLabels:
    """The labels of conformity in the stock of the body for which a person works."""

    def in_hand(self, person: Person, on: date) -> Sequence[str]:
        """The numbers that the person holds and has not used, in their order; none without a body."""
        if person.organisation is None:
            return ()
        held = in_hand(body=person.organisation, person=person, on=on, kind=LABEL)
        return [number for left in held for number in left.numbers()]

    def use(self, actor: Actor, number: str, task: Task, on: date) -> None:
        """The person of the actor has put this label on the instrument of the task.

        Errors: those of `mark_use`; what was measured stands all the same.
        """
        mark_use(
            actor=actor, number=number, kind=LABEL, body=task.placed_body, instrument=task.instrument, on=on,
            person=person_of(actor),
        )  # fmt: skip
