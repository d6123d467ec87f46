"""The first screen: work to do as counts that are links, most serious first, and figures with their definition."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from . import values
from .looks import Tone
from .words import Words


@dataclass(frozen=True)
class Work:
    """A pile of work: how many, what, since when the oldest waits, and the list it leads to."""

    count: int
    says: Words
    url: str
    tone: Tone = "neutral"
    oldest: dt.date | None = None


@dataclass(frozen=True)
class Figure:
    """One figure with unit, definition, day and rows. The value may be an Absent: never 0 for unknown."""

    label: Words
    value: Any
    definition: Words
    on: dt.date
    unit: Words = ""
    digits: int | None = None
    url: str = ""
    note: Words = ""

    @property
    def shown(self) -> SafeString:
        """The value with its unit."""
        return values.quantity(self.value, str(self.unit), self.digits)


# What is serious stands first, whatever the order in which apps give it.
_SERIOUS: Sequence[Tone] = ("bad", "warning", "open", "pending", "neutral", "good", "muted")


def work_list(piles: Sequence[Work]) -> SafeString:
    """The work to do: empty piles are left out, the most serious and the oldest first."""
    waiting = [one for one in piles if one.count]
    waiting.sort(key=lambda one: (_SERIOUS.index(one.tone), one.oldest or dt.date.max))
    return SafeString(render_to_string("core/parts/work.html", {"piles": waiting}))


def figures(*shown: Figure) -> SafeString:
    """Figures side by side."""
    return SafeString(render_to_string("core/parts/figures.html", {"figures": shown}))
