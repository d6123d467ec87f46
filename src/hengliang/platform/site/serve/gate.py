"""The gate of a home: shut while it is prepared. The web server may import its pages meanwhile, but answers after.

A lock of the kernel's: whoever shut the gate and was killed has opened it.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "preparing.lock"


@contextmanager
def shut(home: Path) -> Iterator[None]:
    """Keep the gate of `home` shut for as long as the block lasts."""
    with (home / FILE).open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def pass_through(home: Path) -> None:
    """Wait until nobody keeps the gate of `home` shut. A home that nobody ever prepared has no gate."""
    if (home / FILE).exists():
        with (home / FILE).open("a") as gate:
            fcntl.flock(gate, fcntl.LOCK_SH)
