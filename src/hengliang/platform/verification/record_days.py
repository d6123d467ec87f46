"""From which day on a record of a task may be dated, and whether anything may be verified for the ledger that day.

A record belongs to its task: nothing is measured for it before the instrument was brought to the body or, where it is
not brought, before it was applied for. Two kinds of work are done before they are filed, and each is proven otherwise:

- On a round a verifier measures what nobody had applied for; it joins the round afterwards. What the device noted
  under its seal on that day stands for the application.
- What was verified before this platform knew of it, is entered into the ledger as an earlier result, never as a record.

Lots have no tasks: how old a test may be when its lot is handed in stands in `benches/foreseen.py`. Their results never
overrule a later verification.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from hengliang.platform.core.errors import Blocked, InputRefused, Refused
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors import HELD, OUT_OF_USE, barred
from hengliang.platform.verification.jobs import ARBITRATION_JOB
from hengliang.platform.verification.models import Arbitration, DepositPiece, FieldEntry, RoundInstrument, Task


@dataclass(frozen=True)
class Days:
    """What the day of a record is held against: the beginning of its task, and the last verification known.

    `region` is where the instrument stood on the day of the record. `bar` says why the ledger takes no result of that
    day; `user` who has the instrument now, where it is another.
    """

    begun: date
    last: date | None
    region: int
    bar: str = ""
    user: str = ""


def days_of(tasks: Sequence[Task], on: date) -> dict[int, Days]:
    """The days of tasks, by task, for records of `on`; in seven queries however many they are."""
    begun = _applied(tasks) | _brought(tasks)
    rows = InstrumentState.objects.current().filter(instrument__in={task.instrument_id for task in tasks})
    told = rows.values_list("instrument_id", "last_on", "owner_id", "owner__name")
    now = {pk: (last, owner, name) for pk, last, owner, name in told}
    stood = InstrumentState.objects.on(on).filter(instrument__in=set(now))
    regions = dict(stood.values_list("instrument_id", "region_id"))
    bars = barred(now, on)
    found = {}
    for task in tasks:
        last, owner, name = now.get(task.instrument_id, (None, task.owner_id, ""))
        user = name if owner != task.owner_id else ""
        found[task.pk] = Days(
            begun[task.pk], last, regions.get(task.instrument_id, task.region_id), bars.get(task.instrument_id, ""),
            user,
        )  # fmt: skip
    return found


def _applied(tasks: Sequence[Task]) -> dict[int, date]:
    found = dict(Task.objects.filter(pk__in=[task.pk for task in tasks]).values_list("pk", "act__on"))
    for pk, day in _met(tasks):
        found[pk] = min(found[pk], day)
    return found


def _met(tasks: Sequence[Task]) -> Iterable[tuple[int, date]]:
    """On which day a device first measured the instrument of a task on its round."""
    lines = RoundInstrument.objects.filter(task__in=[task.pk for task in tasks])
    of_line = {line.pk: line for line in lines}
    of_unknown = {(line.round_id, line.instrument_id): line for line in lines}
    entries = FieldEntry.objects.filter(round__in={line.round_id for line in of_line.values()})
    for line_id, round_id, instrument_id, day in entries.values_list(
        "line_id", "round_id", "instrument_id", "verified_on"
    ):
        line = of_line.get(line_id or 0) or of_unknown.get((round_id, instrument_id or 0))
        if line is not None and line.task_id is not None:
            yield line.task_id, day


def _brought(tasks: Sequence[Task]) -> dict[int, date]:
    rows = DepositPiece.objects.filter(task__in=[task.pk for task in tasks]).values_list("task")
    return dict(rows.annotate(day=Min("deposit__brought_on")))


def require_day(verified_on: date, today: date, days: Days) -> None:
    """Refuse a day that has not come, lies before the task, or before the last verification that the ledger knows."""
    if verified_on > today:
        raise InputRefused("verified_in_future", "The day of verification lies in the future.", field="verified_on")
    if verified_on < days.begun:
        raise InputRefused(
            "verified_before_task",
            "Measured on %(day)s, but applied for or brought on %(begun)s: a record is never dated before its task. "
            "Enter the day on which it was measured; what was verified before is entered in the ledger as an earlier "
            "result.",
            field="verified_on", day=verified_on.isoformat(), begun=days.begun.isoformat(),
        )  # fmt: skip
    if days.last is not None and verified_on < days.last:
        raise InputRefused(
            "verified_before_last",
            "The ledger holds a verification of %(last)s, after %(day)s. Enter the day on which it was measured; if "
            "that one is wrong, have it withdrawn first.",
            field="verified_on", day=verified_on.isoformat(), last=days.last.isoformat(),
        )  # fmt: skip


def require_meeting(found: Arbitration | None, verified_on: date) -> None:
    """Refuse to date a record of an arbitration before the notice or before the day named to the parties.

    Source: 仲裁检定和计量调解办法, art. 8 and 10.
    """
    if found is None or found.notified_on is None:
        return
    first = max(found.notified_on, found.meets_on)
    if verified_on < first:
        raise Blocked(
            "before_meeting",
            "The parties of %(number)s were called for %(day)s: nothing is measured before. Move the day, and "
            "notify both anew, to do it on another.",
            number=found.number, day=first.isoformat(),
        )  # fmt: skip


def require_same_user(task: Task, days: Days) -> None:
    """Refuse to verify for one user what another has by now, before the manager has let the task go along."""
    if days.user:
        raise Refused(
            "user_changed",
            "%(instrument)s went to %(user)s since it was applied for. The manager confirms on the page of the task"
            " that it goes along; nothing that is typed is lost.",
            instrument=task.instrument.printed_code, user=days.user,
        )  # fmt: skip


def require_unbarred(task: Task, days: Days) -> None:
    """Refuse to verify what was out of use that day, and what is preserved for a dispute, save for the dispute."""
    if days.bar == OUT_OF_USE:
        raise Refused(
            "out_of_use", "%(instrument)s was out of use on that day. Resume it in the ledger first.",
            instrument=task.instrument.printed_code,
        )  # fmt: skip
    if days.bar == HELD and task.job != ARBITRATION_JOB:
        raise Blocked(
            "preserved", "%(instrument)s is preserved as it is for a dispute; verify it when that has ended.",
            instrument=task.instrument.printed_code,
        )  # fmt: skip
