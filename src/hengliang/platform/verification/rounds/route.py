"""The order in which a round is walked: stop by stop, and at a stop from stall 2 to stall 10."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from hengliang.platform.verification.models import RoundInstrument

_NUMBER = re.compile(r"(\d+)")


def as_numbered(text: str) -> tuple[str | int, ...]:
    """A key that sorts texts as people number them: text and numbers by turns, so that 2号 stands before 10号."""
    parts = _NUMBER.split(normalize("NFKC", text))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))


def walked(lines: Iterable[RoundInstrument]) -> list[RoundInstrument]:
    """The lines of a round in the order of its route; their stops are read already."""
    return sorted(lines, key=lambda line: (line.stop.rank, as_numbered(line.stall), line.pk))
