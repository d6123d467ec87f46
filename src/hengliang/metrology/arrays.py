"""The array types that the computations take and give."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Booleans: TypeAlias = NDArray[np.bool_]

__all__ = ["ArrayLike", "Booleans", "Floats"]
