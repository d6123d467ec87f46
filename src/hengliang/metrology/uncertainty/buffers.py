"""Arrays that are used again: a fresh array of a block costs more than the addition that fills it."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Buffers:
    """A stack of arrays of one size; what was given back last is handed out first, while it lies in cache.

    size : draws in a block. Not for use by several threads at once.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._free: list[Floats] = []

    def take(self) -> Floats:
        """An array, shape (size,), whose values mean nothing."""
        return self._free.pop() if self._free else np.empty(self.size)

    def give(self, used: object) -> None:
        """Take back what nobody reads any more; numbers and arrays of another shape are left alone."""
        if isinstance(used, np.ndarray) and used.shape == (self.size,) and used.base is None:
            self._free.append(used)
