"""Times as utilities write them, to local seconds of the store's offset.

Each piece of a file has a few thousand different times. Those of the common form are read at once; of any other form
each is parsed once and looked up then.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hengliang.readings.errors import ProfileRefused

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_CLOCK = re.compile(r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})?(?:\.\d+)?)?[分秒]?")
YEARS = range(2000, 2100)  # a meter whose battery failed says 1970; it stretched a month over half a century
UNREADABLE = np.int64(-(2**62))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE = datetime(1970, 1, 1)  # noqa: DTZ001 - local seconds are counted from a local epoch
_BEGIN, _END = (np.datetime64(f"{year}", "s").astype(np.int64) for year in (YEARS.start, YEARS.stop))


def offset_of(text: str) -> int:
    """Seconds east of Greenwich of `+08:00`. Raises ValueError."""
    found = _OFFSET.fullmatch(text)
    if not found:
        raise ValueError(f"{text} is no offset; write +08:00")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60
    return seconds if found[1] == "+" else -seconds


class Clock:
    """Reads times into local seconds of one offset.

    offset : of the store, in seconds
    zone : of times that name none: an offset or an IANA name
    """

    def __init__(self, offset: int, zone: str) -> None:
        self._offset = offset
        self._zone: tzinfo
        try:
            self._zone = timezone(timedelta(seconds=offset_of(zone)))
            self._same = offset_of(zone) == offset
        except ValueError:
            self._same = False
            try:
                self._zone = ZoneInfo(zone)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ProfileRefused(file="zone", reason=f"{zone} is neither an offset nor a known zone") from None
        self._known: dict[str, int | None] = {}

    def read(self, text: str) -> int | None:
        """Local seconds since 1970-01-01 of a time; None when it can't be understood."""
        if text not in self._known:
            self._known[text] = self._parse(text.strip())
        return self._known[text]

    def read_all(self, texts: pa.StringArray) -> NDArray[np.int64]:
        """(n,) the same of n texts; UNREADABLE where one can't be understood."""
        if self._same:
            # Takes less than `read` and never more: what names a zone, a fraction or an hour 24 is left to it.
            with suppress(pa.ArrowInvalid):
                moments = texts.cast(pa.timestamp("s")).cast(pa.int64()).to_numpy()
                return np.where((moments >= _BEGIN) & (moments < _END), moments, UNREADABLE)
        read = (self.read(text or "") for text in texts.to_pylist())
        return np.array([UNREADABLE if one is None else one for one in read], np.int64)

    def _parse(self, text: str) -> int | None:
        moment = _iso(text) or _chinese(text)
        if moment is None or moment.year not in YEARS:
            return None
        if moment.tzinfo is None:
            if self._same:
                return int((moment - _NAIVE).total_seconds())
            moment = moment.replace(tzinfo=self._zone)
        return int((moment - _EPOCH).total_seconds()) + self._offset


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _chinese(text: str) -> datetime | None:
    """2026年1月31日 0时15分, 2026/1/31 0:15, 20260131001500, with an hour of 24 at the end of a day."""
    day = _DAY.match(text)
    if day:
        rest = text[day.end() :].strip(" T")
        clock = _CLOCK.fullmatch(rest) if rest else None
        if rest and clock is None:
            return None
        parts = [int(part or 0) for part in (clock.groups() if clock else ("0", "0", "0"))]
    else:
        day = _COMPACT.fullmatch(text)
        if day is None:
            return None
        parts = [int(part or 0) for part in day.groups()[3:]]
    try:
        start = date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return None
    hour, minute, second = parts
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return datetime(start.year, start.month, start.day) + timedelta(hours=hour, minutes=minute, seconds=second)  # noqa: DTZ001 - a time as the file writes it; its zone is applied later
