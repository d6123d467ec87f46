"""Cutting a span of periods into weeks that begin on Monday."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats

HOUR = 3600
WEEK = 7 * 24 * HOUR
FIRST_MONDAY = 4 * 24 * HOUR - 8 * HOUR  # Monday 1970-01-05 00:00 in China, where these weeks are counted (UTC+8)


@dataclass(frozen=True, slots=True)
class Weeks:
    """A span laid out on a grid of whole weeks."""

    first: int
    count: int
    per_week: int
    """Periods in a week."""
    lead: int
    """Periods of the first week before the span begins."""
    periods: int

    def grid(self, values: Floats, empty: float = 0.0) -> Floats:
        """(weeks, per week, …) from (T, …), `empty` where the span does not reach."""
        out = np.full((self.count * self.per_week, *values.shape[1:]), empty)
        out[self.lead : self.lead + self.periods] = values
        return out.reshape(self.count, self.per_week, *values.shape[1:])

    def within(self) -> Floats:
        """(per week,) place of the middle of each period in its week, 0 to 1."""
        return np.asarray((np.arange(self.per_week) + 0.5) / self.per_week)

    def filled(self) -> NDArray[np.int64]:
        """(weeks,) periods of the span in each week."""
        return np.asarray(self.grid(np.ones(self.periods)).sum(axis=1), dtype=np.int64)


def weeks_of(start: int, period: int, periods: int) -> Weeks:
    """The weeks that `periods` periods from `start` [s] touch; a period must divide a week."""
    since = start - FIRST_MONDAY
    first, into = divmod(since, WEEK)
    lead, per_week = into // period, WEEK // period
    count = -(-(lead + periods) // per_week)
    return Weeks(first, count, per_week, lead, periods)


def start_of(week: int) -> int:
    """Seconds since 1970-01-01T00:00Z at which a week begins."""
    return FIRST_MONDAY + week * WEEK
