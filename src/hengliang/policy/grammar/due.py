"""Which date governs a figure: the nearest before it, a trailing one, that of clause, section, plan."""

from dataclasses import dataclass
from datetime import date

from hengliang.policy.grammar.deadlines import Anchor
from hengliang.policy.grammar.quantities import Quantity
from hengliang.policy.model import DeadlineFrom


@dataclass(frozen=True)
class Inherited:
    """A deadline that holds where a sentence names none, and where it was said."""

    day: date
    source: DeadlineFrom


@dataclass(frozen=True)
class Due:
    """The day of a target; `past` where that date lies behind, `unknown` where it can't be told.

    each_year : the figure is that of one year of a span (2025—2027年分别新建100、120、150项)
    """

    day: date | None
    source: DeadlineFrom
    past: bool = False
    unknown: Anchor | None = None
    each_year: bool = False


def due(
    at: int, part: tuple[int, int], dates: list[Anchor], figures: list[Quantity], inherited: Inherited | None
) -> Due:
    """The day that governs a figure at `at`; `part` is the stretch between semicolons that holds it."""
    before = [a for a in dates if a.end <= at and a.kind in ("by", "in", "past")]
    if before:
        return _from(before[-1])
    behind = [a for a in dates if at < a.start < part[1] and a.kind == "by"]
    if behind and not any(behind[0].end <= figure.number_start < part[1] for figure in figures):
        return _from(behind[0])
    return Due(inherited.day, inherited.source) if inherited else Due(None, "none")


def _from(anchor: Anchor) -> Due:
    if anchor.kind == "past":
        return Due(None, "none", past=True)
    return Due(anchor.day, "sentence", unknown=None if anchor.day else anchor)
