"""Importing the product makes some hundred thousand objects that stay: looking for garbage among them is in vain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def none_collected() -> Iterator[None]:
    """Collect no garbage in the block, and never again look at what it leaves behind (measured: a fifth of the time
    of an import, and pauses of a tenth of a second in requests)."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
