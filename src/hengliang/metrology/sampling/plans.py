"""Sampling plans by attributes, single, double or multiple, and their verdict on a lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hengliang.metrology.sampling.errors import BadCounts, require

Verdict = Literal["accept", "reject", "continue"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One sample of a plan; its numbers are held against all nonconforming items found so far."""

    n: int
    ac: int | None
    """Largest cumulative count that accepts; None where the lot can't yet be accepted (# in the tables)."""
    re: int
    """Smallest cumulative count that rejects."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Stages taken one after the other until the lot is decided."""

    stages: tuple[Stage, ...]
    code_letter: str | None = None
    used_letter: str | None = None
    """The letter that the arrows of the table led to."""

    @property
    def n(self) -> int:
        """Items in all stages together."""
        return sum(s.n for s in self.stages)

    def judge(self, nonconforming: Sequence[int]) -> Verdict:
        """The verdict after the stages inspected so far, one count each.

        Raises BadCounts.

        Source: ISO 2859-1:1999, 11.1.1 to 11.1.3.

        >>> Plan((Stage(50, 1, 2),)).judge([1])
        'accept'
        """
        fits = len(nonconforming) <= len(self.stages)
        if not fits or any(not 0 <= d <= s.n for d, s in zip(nonconforming, self.stages, strict=False)):
            raise BadCounts(counts=list(nonconforming), sizes=[s.n for s in self.stages])
        found = 0
        for stage, count in zip(self.stages, nonconforming, strict=False):
            found += count
            if stage.ac is not None and found <= stage.ac:
                return "accept"
            if found >= stage.re:
                return "reject"
        return "continue"


def single(n: int, ac: int) -> Plan:
    """The single plan that accepts up to `ac` nonconforming items among n.

    Raises BadArgument.

    Source: ISO 2859-1:1999, 11.1.1.
    """
    require.whole(0, n=n, ac=ac)
    return Plan((Stage(n, ac, ac + 1),))
