"""Numbers as they stand on marks, and sets of them as ranges: nothing here grows with how many numbers a range holds.

A number is a prefix and the digits at its end: `衡检A000123` is number 123 of the series `衡检A`, six digits wide.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.codes import narrow

MOST_DIGITS = 15
_NUMBER = re.compile(r"(.*?)([0-9]+)", re.DOTALL)
_DASHES = str.maketrans("—–", "--")
_BETWEEN = re.compile(r"\s*(?:~|至|到|\.\.\.?|…)\s*|\s+-\s+")
_SEPARATORS = re.compile(r"[\s,，;；、]+")

Range = tuple[int, int]


@dataclass(frozen=True)
class Numbered:
    """A number taken apart."""

    prefix: str
    width: int
    serial: int


def taken_apart(text: str, field: str = "number") -> Numbered:
    """A number as typed or scanned: the digits at its end, and what stands before them.

    Errors: `InputRefused` where there are no digits at the end, or too many.
    """
    tidy = narrow(text).translate(_DASHES).replace(" ", "").strip()
    found = _NUMBER.fullmatch(tidy)
    if found is None or len(found[2]) > MOST_DIGITS or len(tidy) > 40:
        raise InputRefused(
            "mark_number", "“%(number)s” is no number of a mark: it ends in 1 to %(most)s digits.",
            field=field, number=text[:60], most=MOST_DIGITS,
        )  # fmt: skip
    return Numbered(found[1], len(found[2]), int(found[2]))


def run_of(first: str, last: str) -> tuple[Numbered, Range]:
    """A run from the first number to the last.

    Errors: `InputRefused` where the two are not of one series, or run downwards.
    """
    low, high = taken_apart(first, "first"), taken_apart(last, "last")
    if (low.prefix, low.width) != (high.prefix, high.width):
        raise InputRefused(
            "mark_run", "First and last number are written differently; enter one run at a time.", field="last"
        )
    if high.serial < low.serial:
        raise InputRefused("mark_run_down", "The last number is smaller than the first.", field="last")
    return low, (low.serial, high.serial)


def listed(text: str, field: str = "numbers") -> list[str]:
    """Single numbers, as typed or scanned one after the other; twice the same counts once."""
    found = [one for one in _SEPARATORS.split(narrow(text).translate(_DASHES).strip()) if one]
    for one in found:
        taken_apart(one, field)
    return list(dict.fromkeys(found))


def runs(text: str, field: str = "counted") -> dict[tuple[str, int], list[Range]]:
    """Runs and single numbers, one a line: `A000100 ~ A000180`; by the series that they are of.

    Errors: `InputRefused` for a line that can't be read.
    """
    found: dict[tuple[str, int], list[Range]] = {}
    for line in re.split(r"[\n,，;；、]+", narrow(text).translate(_DASHES)):
        if not line.strip():
            continue
        ends = [one for one in _BETWEEN.split(line.strip()) if one]
        if len(ends) > 2:
            raise InputRefused("mark_run_line", "“%(line)s” is no run: first ~ last.", field=field, line=line[:60])
        first, last = taken_apart(ends[0], field), taken_apart(ends[-1], field)
        if (first.prefix, first.width) != (last.prefix, last.width) or last.serial < first.serial:
            raise InputRefused("mark_run_line", "“%(line)s” is no run: first ~ last.", field=field, line=line[:60])
        found.setdefault((first.prefix, first.width), []).append((first.serial, last.serial))
    return {series: joined(ranges) for series, ranges in found.items()}


def joined(ranges: Iterable[Range]) -> list[Range]:
    """The same numbers in as few ranges as can be, upwards."""
    found: list[Range] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def without(ranges: Iterable[Range], taken: Iterable[Range]) -> list[Range]:
    """The numbers of `ranges` that are not among `taken`."""
    found, rest = [], joined(taken)
    for low, high in joined(ranges):
        at = low
        for start, end in rest:
            if end < at or start > high:
                continue
            if start > at:
                found.append((at, start - 1))
            at = end + 1
        if at <= high:
            found.append((at, high))
    return found


def within(ranges: Iterable[Range], asked: Range) -> bool:
    """Whether every number of `asked` is among `ranges`."""
    return not without([asked], ranges)


def amount(ranges: Iterable[Range]) -> int:
    """How many numbers ranges hold."""
    return sum(high - low + 1 for low, high in ranges)


def serials(ranges: Iterable[Range], most: int | None = None) -> Iterator[int]:
    """The single numbers of ranges, upwards, no more than `most`."""
    return islice((serial for low, high in ranges for serial in range(low, high + 1)), most)
