"""Days as people type them: 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日."""

import datetime as dt
import re

_SPELLINGS = re.compile(
    r"(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))"
)


def read_day(text: str) -> dt.date:
    """The day that was typed, year first. Raises ValueError on what is none."""
    found = _SPELLINGS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no day; write it as 2026-11-22")
    year, _separator, *rest = found.groups()
    month, day = (part for part in rest if part)
    return dt.date(int(year), int(month), int(day))
