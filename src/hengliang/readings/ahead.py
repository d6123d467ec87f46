"""Work that is begun before its turn, so that all cores are busy while results are taken in order."""

import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

CORES = len(os.sched_getaffinity(0))
_T = TypeVar("_T")


def ahead(begun: Iterator[_T], count: int = 2 * CORES) -> Iterator[_T]:
    """The same in the same order, each made `count` before its turn: an iterator that submits to a pool as it goes.

    >>> list(ahead(iter("abc"), 2))
    ['a', 'b', 'c']
    """
    waiting = deque(islice(begun, count))
    while waiting:
        yield waiting.popleft()
        waiting.extend(islice(begun, 1))
