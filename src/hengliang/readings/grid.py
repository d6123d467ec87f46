"""Time as the store counts it: local days of one fixed offset, cut into equal slots.

The offset is fixed (China: +08:00 all year). A zone with summer time is stored in its standard time, since a day
of 23 hours has no place in a fixed list; the import converts.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAY = 86_400
# Intervals that divide a day; everything else is refused.
INTERVALS = (60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 14400, 21600, 28800, 43200, DAY)
_EPOCH = date(1970, 1, 1).toordinal()
_NAMES = {"min": 60, "m": 60, "h": 3600, "d": DAY, "s": 1}


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """One month at one interval: what a partition file holds.

    month : months since 1970-01
    interval : seconds
    """

    month: int
    interval: int

    @property
    def name(self) -> str:
        """`YYYY-MM`."""
        return month_name(self.month)

    @property
    def begin(self) -> int:
        """First local second, counted from 1970-01-01 00:00 local time."""
        return month_begin(self.month)

    @property
    def days(self) -> int:
        """Days of the month."""
        return calendar.monthrange(1970 + self.month // 12, self.month % 12 + 1)[1]

    @property
    def slots(self) -> int:
        """Slots of the month."""
        return self.days * DAY // self.interval

    @property
    def row_slots(self) -> int:
        """Slots of one stored row: those of a day, or for daily readings 31, one for each day of a month."""
        return 31 if self.interval == DAY else DAY // self.interval


def month_of(second: int) -> int:
    """Month of a local second, in months since 1970-01."""
    day = date.fromordinal(_EPOCH + second // DAY)
    return (day.year - 1970) * 12 + day.month - 1


def month_begin(month: int) -> int:
    """First local second of a month."""
    return (date(1970 + month // 12, month % 12 + 1, 1).toordinal() - _EPOCH) * DAY


def month_name(month: int) -> str:
    """`YYYY-MM`.

    >>> month_name(672)
    '2026-01'
    """
    return f"{1970 + month // 12:04d}-{month % 12 + 1:02d}"


def day_name(second: int) -> str:
    """ISO date of a local second."""
    return date.fromordinal(_EPOCH + second // DAY).isoformat()


def day_begin(day: str) -> int:
    """First local second of an ISO date. Raises ValueError."""
    return (date.fromisoformat(day).toordinal() - _EPOCH) * DAY


def show(second: int) -> str:
    """A local second as people read it: `2026-01-01 00:15`.

    >>> show(1767226500)
    '2026-01-01 00:15'
    """
    return (
        (datetime.fromtimestamp(0, UTC) + timedelta(seconds=second)).strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
    )


def parse_interval(text: str) -> int:
    """Seconds of `15min`, `1h`, `1d`. Raises ValueError.

    >>> parse_interval("15min"), parse_interval("1h")
    (900, 3600)
    """
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    seconds = int(digits or 1) * _NAMES.get(text[len(digits) :], 0)
    if seconds not in INTERVALS:
        raise ValueError(f"{text} is no interval that divides a day; write 15min, 1h, 4h, 1d")
    return seconds


def interval_name(seconds: int) -> str:
    """The contrary of `parse_interval`."""
    for size, name in ((DAY, "d"), (3600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size}{name}"
    return f"{seconds}s"
