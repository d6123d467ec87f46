"""Rows of one shape that were judged, by their readings: numbered, with their figures as arrays."""

from array import array
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hengliang.metrology.judge.record import PointResult

REFUSED = -1

Figures = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


class JudgedRow(NamedTuple):
    """A row of an item as it was judged: its points, and whether all of them pass."""

    points: tuple[PointResult, ...]
    passes: bool


class KnownRows:
    """The sets of readings of one slot that were judged, numbered as they came, and their figures as arrays."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, ...], int] = {}
        self.judged: list[JudgedRow] = []
        self._passes = bytearray()
        self._figures = array("d")

    def add(self, texts: tuple[str, ...], found: JudgedRow) -> int:
        """Keep what was judged; gives its number."""
        number = self.numbers[texts] = len(self.judged)
        self.judged.append(found)
        self._passes.append(found.passes)
        for point in found.points:
            self._figures.extend(_figures(point))
        return number

    def passes(self, which: Numbers) -> npt.NDArray[np.bool_]:
        """Whether each of these passes."""
        return np.frombuffer(self._passes, dtype=np.bool_)[which]

    def figures(self, which: Numbers) -> tuple[Figures, Figures]:
        """Values and limits of the points of each of these, (n, k); NaN for what was refused."""
        if not self._figures:
            return (none := np.empty((len(which), 0))), none
        table = np.frombuffer(self._figures).reshape(len(self.judged), -1, 2)
        taken = table[which]
        taken[which == REFUSED] = np.nan
        return taken[:, :, 0], taken[:, :, 1]


def _figures(point: PointResult) -> tuple[float, float]:
    limit = point.high if point.high is not None else point.low
    if limit is None or isinstance(point.value, bool):
        return np.nan, np.nan
    return float(point.rounded), float(limit)
