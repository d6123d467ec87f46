"""The parties of an arbitration verification: called, and there or knowingly absent, before anything is measured."""

from collections.abc import Iterable

from hengliang.platform.core.errors import Blocked
from hengliang.platform.verification.models import Arbitration, Task


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
            names="、".join(unknown),
        )
