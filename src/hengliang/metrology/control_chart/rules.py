"""Patterns in a control chart that hardly come by chance."""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Booleans, Floats
from hengliang.metrology.control_chart.charts import Chart
from hengliang.metrology.control_chart.errors import NoScatter


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern found: number of the test, and the place of its last point, from 0."""

    test: int
    meaning: str
    at: int


MEANINGS = {
    1: "a point beyond three sigma",
    2: "nine points in a row on one side",
    3: "six points in a row rising or falling",
    4: "fourteen points in a row alternating",
    5: "two of three points beyond two sigma on one side",
    6: "four of five points beyond one sigma on one side",
    7: "fifteen points in a row within one sigma",
    8: "eight points in a row, none within one sigma",
}


def signals(chart: Chart, tests: tuple[int, ...] = tuple(MEANINGS)) -> tuple[Signal, ...]:
    """The patterns of the eight tests that occur, in the order of their last points.

    Raises NoScatter.

    Source: GB/T 17989.2-2020 (ISO 7870-2:2013), clause 8 and annex (tests for assignable causes).
    """
    if not (chart.sigma > 0).all():
        raise NoScatter(chart=chart.name)
    z = (chart.points - chart.centre) / chart.sigma
    found = [Signal(t, MEANINGS[t], int(i)) for t in tests for i in np.flatnonzero(_pattern(t, z))]
    return tuple(sorted(found, key=lambda s: (s.at, s.test)))


def _pattern(test: int, z: Floats) -> Booleans:
    if test == 1:
        return np.asarray(np.abs(z) > 3)
    if test == 2:
        return _count(z > 0, 9, 9) | _count(z < 0, 9, 9)
    if test == 3:
        return _steps(np.diff(z) > 0, 5) | _steps(np.diff(z) < 0, 5)
    if test == 4:
        turns = np.diff(z)[1:] * np.diff(z)[:-1] < 0
        return np.concatenate([[False] * min(2, len(z)), _count(turns, 12, 12)])
    if test == 5:
        return _count(z > 2, 2, 3) & (z > 2) | _count(z < -2, 2, 3) & (z < -2)
    if test == 6:
        return _count(z > 1, 4, 5) & (z > 1) | _count(z < -1, 4, 5) & (z < -1)
    if test == 7:
        return _count(np.abs(z) < 1, 15, 15)
    return _count(np.abs(z) > 1, 8, 8)


def _count(holds: Booleans, least: int, window: int) -> Booleans:
    """Whether at least `least` of the last `window` hold, at each place."""
    total = np.concatenate([[0], np.cumsum(holds)])
    start = np.maximum(np.arange(1, len(holds) + 1) - window, 0)
    return np.asarray(total[1:] - total[start] >= least)


def _steps(holds: Booleans, run: int) -> Booleans:
    return np.concatenate([[False], _count(holds, run, run)])
