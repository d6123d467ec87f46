"""Working days by the official holidays; years without a notice go by weekdays and are marked provisional."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hengliang.norms.errors import WrongKind
from hengliang.norms.model import Norm

SATURDAY = 5  # date.weekday()
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day found by counting; `provisional` if it touched a year whose holidays are not yet published."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off, weekend days worked, and the years for which both are known."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]

    @classmethod
    def of(cls, norm: Norm) -> "Calendar":
        """The calendar that a norm of kind calendar describes, all its years together.

        Raises
        ------
        WrongKind : the norm is no calendar
        """
        if norm.kind != "calendar":
            raise WrongKind(norm=norm.id, kind=norm.kind, wanted="calendar")
        return cls.of_years([value.content for value in norm.values if not value.repealed])

    @classmethod
    def of_years(cls, contents: Sequence[Mapping[str, Any]]) -> "Calendar":
        """The calendar of years given as a calendar norm's contents (`year`, `holidays`, `workdays`)."""
        return cls(
            holidays=frozenset(day for c in contents for days in c["holidays"].values() for day in days),
            workdays=frozenset(day for c in contents for day in c["workdays"]),
            years=frozenset(c["year"] for c in contents),
        )

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on `day`."""
        return day in self.workdays or (day.weekday() < SATURDAY and day not in self.holidays)

    def is_provisional(self, day: date) -> bool:
        """Whether the holidays of the year of `day` are unknown."""
        return day.year not in self.years


def working_day_add(calendar: Calendar, day: date, count: int) -> Reckoned:
    """The `count`-th working day after `day`; the day itself does not count. Negative counts go back.

    With count 0 the day itself if work is done on it, else the next working day.

    Source: 民法典 art. 201 (the first day does not count), 203 (a last day off moves on).
    """
    step = -ONE_DAY if count < 0 else ONE_DAY
    provisional = calendar.is_provisional(day)
    remaining = abs(count)
    while remaining or not calendar.is_working_day(day):
        day += step
        provisional |= calendar.is_provisional(day)
        if calendar.is_working_day(day) and remaining:
            remaining -= 1
    return Reckoned(day, provisional)


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """How many working days lie after `start` up to and with `end`; negative if `end` lies before."""
    if end < start:
        return -working_days_between(calendar, end, start)
    return sum(calendar.is_working_day(day) for day in _days(start, end))


def calendar_day_add(calendar: Calendar, day: date, count: int) -> Reckoned:
    """`count` calendar days after `day`, moved on to the next working day if it falls on a day off.

    Source: 民法典 art. 203.
    """
    return working_day_add(calendar, day + count * ONE_DAY, 0)


def _days(start: date, end: date) -> Iterable[date]:
    for offset in range(1, (end - start).days + 1):
        yield start + offset * ONE_DAY
