"""The parties of an arbitration verification: called, and there or knowingly absent, before anything is measured."""

from collections.abc import Iterable
from datetime import date

from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.listed import listed
from hengliang.platform.standards.selectors import regions_above
from hengliang.platform.verification.models import Arbitration, Record, Task


def arbitrations_of(tasks: Iterable[Task]) -> dict[int, Arbitration]:
    """The arbitrations that tasks are done for, by task, with their parties."""
    rows = Arbitration.objects.filter(task__in=list(tasks)).prefetch_related("parties")
    return {row.task_id: row for row in rows if row.task_id is not None}


def require_parties_called(found: Arbitration | None) -> None:
    """Refuse to measure for an arbitration before both parties were notified and their presence was recorded.

    Source: 仲裁检定和计量调解办法, art. 8 and 10.
    """
    if found is None:
        return
    if found.notified_on is None:
        raise Blocked(
            "parties_not_notified", "The parties of %(number)s have not been notified yet.", number=found.number
        )
    if unknown := [party.name for party in found.parties.all() if party.present is None]:
        raise Blocked(
            "presence_unknown",
            "Record whether %(names)s came. Who was called and stayed away may be decided without.",
            names=listed(unknown),
        )


def above(first: Arbitration, on: date) -> int | None:
    """The region of the authority one level above the one that decided the first; None at the top."""
    chain = regions_above(first.seat_id, on)
    return chain[1] if len(chain) > 1 else None


def ends_where(case: Arbitration, on: date) -> int | None:
    """The region whose authority may end it or mediate: its own; once a second was applied for, the one above."""
    return above(case, on) if case.state == "appealed" else case.seat_id


def last_day(arbitration: Arbitration) -> date | None:
    """Until when any party may apply for the second arbitration; None before the result was told."""
    days = [party.second_by for party in arbitration.parties.all() if party.second_by]
    return max(days, default=None)


def verified_on(arbitration: Arbitration) -> date | None:
    """The day of the verification that decides; None before it was approved."""
    record = decided_by(arbitration)
    return record.verified_on if record else None


def decided_by(arbitration: Arbitration) -> Record | None:
    """The record that decides; None before it was approved."""
    return arbitration.task.records.filter(state="approved").order_by("-pk").first()


def basis_of(arbitration: Arbitration) -> Record | None:
    """The result on which a mediation rests: its own, of a second that is not decided yet that of the first."""
    first = arbitration.first
    return decided_by(arbitration) or (decided_by(first) if first else None)
