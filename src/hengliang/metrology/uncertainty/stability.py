"""When batches of Monte Carlo trials suffice: their averages, and the room in which they lie.

Source: JCGM 101:2008, 7.9.4.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_MOST_AHEAD = 6  # batches drawn in a row while the rule is far from met: half a megabyte, which stays in cache


class Growing:
    """Room for batches, shape (m, size) each, one behind the other; it doubles when it is full."""

    def __init__(self, outputs: int, size: int) -> None:
        self._size, self._room = size, np.empty((outputs, 4 * size))

    def grow(self, count: int) -> None:
        """Make room for `count` batches."""
        have = self._room.shape[1]
        if count * self._size > have:
            larger = np.empty((len(self._room), max(count * self._size, 2 * have)))
            larger[:, :have] = self._room
            self._room = larger

    def batch(self, number: int) -> Floats:
        """The room of a batch, to be written into."""
        return self._room[:, number * self._size : (number + 1) * self._size]

    def first(self, count: int) -> Floats:
        """The first `count` batches, shape (m, count x size)."""
        return self._room[:, : count * self._size]


class Averages:
    """Averages over the batches of estimate, u and ends, (4, m), and how far they still scatter.

    Source: Welford, Technometrics 4 (1962) 419, for sums that are updated without loss of digits.
    """

    def __init__(self) -> None:
        self.count = 0
        self.foreseen = 2
        """Batches that may be drawn before the rule is asked again, since it will hardly be met earlier."""
        self._mean: Floats = np.zeros(1)
        self._squares: Floats = np.zeros(1)
        self._u_squared: Floats = np.zeros(1)

    def add(self, seen: Floats) -> None:
        """Take in what one batch gave, shape (4, m)."""
        self.count += 1
        away = seen - self._mean
        self._mean = self._mean + away / self.count
        self._squares = self._squares + away * (seen - self._mean)
        self._u_squared = self._u_squared + (seen[1] ** 2 - self._u_squared) / self.count

    def stable(self, within: Callable[[Floats], Floats]) -> bool:
        """Twice the standard deviations of the averages are within the tolerance (7.9.4 j)."""
        if self.count < 2:
            return False
        scatter = 2 * np.sqrt(self._squares / (self.count * (self.count - 1)))
        allowed = within(np.sqrt(self._u_squared + self._squares[0] / self.count))
        worst = float((scatter / np.where(allowed > 0, allowed, 1)).max())
        self.foreseen = min(max(1, int(self.count * (worst**2 - 1) / 3)), _MOST_AHEAD)
        return bool((scatter <= allowed).all())
