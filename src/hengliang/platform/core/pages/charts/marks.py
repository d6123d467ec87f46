"""What a drawing is given: bars, bins, points, intervals, limits, what falls due. Numbers and words, no drawing yet."""

import datetime as dt
from dataclasses import dataclass

from ..looks import Tone
from ..words import Words


@dataclass(frozen=True)
class Bar:
    """A count. `url` leads to the rows behind it."""

    label: Words
    value: float
    tone: Tone | None = None
    url: str = ""


@dataclass(frozen=True)
class Limit:
    """A line across the drawing, with the name of the rule that sets it."""

    value: float
    label: Words
    tone: Tone = "bad"


@dataclass(frozen=True)
class Interval:
    """A value and the interval that its uncertainty gives it."""

    label: Words
    value: float
    low: float
    high: float
    tone: Tone | None = None
    url: str = ""


@dataclass(frozen=True)
class Bin:
    """One bar of a density: from, to, and how dense the values lie between."""

    low: float
    high: float
    density: float


@dataclass(frozen=True)
class Point:
    """A value at a time; `rule` names the rule of the control chart that it breaks."""

    at: dt.date | dt.datetime
    value: float
    rule: Words = ""
    url: str = ""


@dataclass(frozen=True)
class Due:
    """How many fall due in a month, of one kind."""

    month: dt.date
    kind: Words
    count: int
    tone: Tone
    url: str = ""
