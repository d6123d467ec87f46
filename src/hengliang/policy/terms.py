"""By when a clause asks for what it asks for."""

from collections.abc import Iterable
from datetime import date

from hengliang.policy.grammar.deadlines import anchors
from hengliang.policy.repair.width import narrow


def due_of(texts: Iterable[str], written: date | None) -> date | None:
    """The last day that the texts of a clause name as a deadline (2026年6月底前) or as the year of an act (2028年开展).

    A day before the document was written is no deadline.

    >>> due_of(["2026年6月底前制定建标计划。"], None)
    datetime.date(2026, 6, 30)
    """
    found = [one for text in texts for one in anchors(narrow(text), written) if one.kind in ("by", "in")]
    days = [one.day for one in found if one.day is not None]
    return max((day for day in days if written is None or day > written), default=None)
