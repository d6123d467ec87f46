"""One thread for linear algebra, so that a result does not depend on where it was computed.

Measured: with two threads in one process and one in another the same node differs in the eighth digit. A legal
measurement can't depend on that. threadpoolctl does the same for more libraries; it is not among our dependencies.
"""

import ctypes
import os
from functools import cache
from pathlib import Path

import numpy as np

_SETTERS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads")
_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@cache
def one_thread() -> bool:
    """Pin this process, and those it starts, to one thread; tells whether a loaded library obeyed."""
    for name in _VARIABLES:
        os.environ[name] = "1"
    obeyed = False
    site = Path(np.__file__).parents[1]
    for path in [*site.glob("numpy.libs/*openblas*"), *site.glob("scipy.libs/*openblas*")]:
        library = ctypes.CDLL(str(path))
        for name in _SETTERS:
            if hasattr(library, name):
                getattr(library, name)(1)
                obeyed = True
    return obeyed
