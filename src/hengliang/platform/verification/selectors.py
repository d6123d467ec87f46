"""What verification tells: the work of a body, its promises."""

from datetime import date

from hengliang.platform.core.rules import rules, working_days_from
from hengliang.platform.verification.models import Conditions, Record, Task, TaskNote


def promised_day(accepted_on: date) -> date:
    """The day by which an application accepted that day is to be done."""
    days = rules()["deadline/verification-promise"].at(accepted_on).number
    return working_days_from(accepted_on, int(days)).day


def is_provisional(promised_on: date | None) -> bool:
    """Whether the holidays of the year of a promised day are not yet known."""
    return promised_on is not None and working_days_from(promised_on, 0).provisional


def last_note(task: Task) -> TaskNote | None:
    """What a round met last that kept the task from being done; None where nobody came in vain."""
    return TaskNote.objects.filter(task=task).order_by("-on", "-pk").first()


def last_conditions(record: Record) -> Conditions | None:
    """The entry of its conditions that counts; None where nobody has entered any."""
    return Conditions.objects.filter(record=record).order_by("-pk").first()
