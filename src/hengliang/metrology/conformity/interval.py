"""Intervals of values: what is permissible, and what is accepted."""

import math
from dataclasses import dataclass

from hengliang.metrology.conformity.errors import EmptyInterval


@dataclass(frozen=True, slots=True)
class Interval:
    """Values from `low` to `high`, both included; an infinite end stands for a missing limit.

    Source: JCGM 106:2012, 3.3.5 (tolerance interval) and 3.3.9 (acceptance interval).
    """

    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise EmptyInterval(low=self.low, high=self.high)

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """high - low; infinite for a one-sided interval."""
        return self.high - self.low

    def guarded(self, w: float) -> "Interval":
        """The interval with both finite limits drawn in by w (moved out when w < 0).

        Raises EmptyInterval when nothing is left to accept.

        Source: JCGM 106:2012, 8.3.2.
        """
        return Interval(self.low + w, self.high - w)
