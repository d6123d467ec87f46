"""Readings of one month as one dense array of integers, filled as rows stream in, in whatever order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hengliang.readings.grid import Block
from hengliang.readings.model import MISSING, Bytes, Flag, Integers

Ids = NDArray[np.int64]
EXAMPLES = 20


@dataclass(slots=True)
class Repeats:
    """Rows that spoke of a slot which was filled already.

    examples : (key, local second, first value, repeated value)
    of_key : how many rows alike and differing, by (key, differing)
    """

    identical: int = 0
    conflicting: int = 0
    of_key: Counter[tuple[int, bool]] = field(default_factory=Counter)
    examples: list[tuple[int, int, int, int]] = field(default_factory=list)


class Dense:
    """One block: rows are keys, columns the slots of the month; MISSING where nothing was said.

    Guarantee: of several readings for one slot the first in the file's order stays; later ones are counted, and a
    differing one flags the slot as CONFLICT.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.repeats = Repeats()
        self._values: Integers = np.full((0, block.slots), MISSING, np.int64)
        self._flags: Bytes | None = None
        self._row_of: Ids = np.full(0, -1, np.int64)
        self._keys: list[int] = []
        self._seen = np.zeros(0, bool)

    @property
    def keys(self) -> Ids:
        """(r,) keys of the rows."""
        return np.array(self._keys, np.int64)

    @property
    def values(self) -> Integers:
        """(r, slots) integers."""
        return self._values[: len(self._keys)]

    @property
    def flags(self) -> Bytes | None:
        """(r, slots) `Flag` bits, or None when no slot has one."""
        return None if self._flags is None else self._flags[: len(self._keys)]

    def put(self, keys: Ids, slots: Ids, values: Integers, flags: Bytes | None = None) -> None:
        """Enter readings.

        keys, slots, values : (n,) arrays; flags : (n,) bits or None
        """
        place = self._rows(keys) * self.block.slots + slots
        flat = self._values.reshape(-1)
        held = flat[place]
        free = held == MISSING
        if not free.all():
            self._repeated(keys[~free], place[~free], held[~free], values[~free])
            keys, place, values = keys[free], place[free], values[free]
            flags = None if flags is None else flags[free]
        flat[place] = values
        if self._repeats_itself(place):
            flat[place[::-1]] = values[::-1]
            order = np.argsort(place, kind="stable")
            later = order[1:][place[order][1:] == place[order][:-1]]
            self._repeated(keys[later], place[later], flat[place[later]], values[later])
        if flags is not None and flags.any():
            self._flag(place, flags)

    def forget(self, keys: Iterable[int]) -> int:
        """Take all readings of some keys out again; gives how many there were, repeated ones included."""
        freed = 0
        for key in keys:
            if key < len(self._row_of) and self._row_of[key] >= 0:
                row = self._values[self._row_of[key]]
                freed += int((row != MISSING).sum())
                row[:] = MISSING
                if self._flags is not None:
                    self._flags[self._row_of[key]] = 0
                alike, differing = (self.repeats.of_key.pop((key, one), 0) for one in (False, True))
                self.repeats.identical -= alike
                self.repeats.conflicting -= differing
                freed += alike + differing
                self.repeats.examples = [one for one in self.repeats.examples if one[0] != key]
        return freed

    def _repeats_itself(self, place: Ids) -> bool:
        """Whether a place occurs twice: marks the places and counts the marks, cheaper than sorting."""
        if not len(place):
            return False
        if len(self._seen) != self._values.size:
            self._seen = np.zeros(self._values.size, bool)
        low, high = int(place.min()), int(place.max()) + 1
        self._seen[place] = True
        marked = int(np.count_nonzero(self._seen[low:high]))
        self._seen[low:high] = False
        return marked != len(place)

    def _repeated(self, keys: Ids, place: Ids, held: Integers, values: Integers) -> None:
        differing = held != values
        self.repeats.conflicting += int(differing.sum())
        said, times = np.unique(2 * keys + differing, return_counts=True)
        for one, count in zip(said.tolist(), times.tolist(), strict=True):
            self.repeats.of_key[(one // 2, bool(one % 2))] += count
        self.repeats.identical += int((~differing).sum())
        self._flag(place, np.where(differing, Flag.CONFLICT, Flag.DUPLICATE).astype(np.uint8))
        for at in np.flatnonzero(differing if differing.any() else ~differing)[: EXAMPLES - len(self.repeats.examples)]:
            second = self.block.begin + int(place[at] % self.block.slots) * self.block.interval
            self.repeats.examples.append((int(keys[at]), second, int(held[at]), int(values[at])))

    def _flag(self, place: Ids, flags: Bytes) -> None:
        if self._flags is None:
            self._flags = np.zeros(self._values.shape, np.uint8)
        np.bitwise_or.at(self._flags.reshape(-1), place, flags)

    def _rows(self, keys: Ids) -> Ids:
        top = int(keys.max()) + 1 if len(keys) else 0
        if top > len(self._row_of):
            self._row_of = np.concatenate(
                [self._row_of, np.full(max(top, 2 * len(self._row_of)) - len(self._row_of), -1)]
            )
        rows = self._row_of[keys]
        if (rows < 0).any():
            unknown = np.zeros(len(self._row_of), bool)
            unknown[keys[rows < 0]] = True
            fresh = np.flatnonzero(unknown)
            self._row_of[fresh] = np.arange(len(self._keys), len(self._keys) + len(fresh))
            self._keys.extend(int(one) for one in fresh)
            self._grow()
            rows = self._row_of[keys]
        return rows

    def _grow(self) -> None:
        have, need = len(self._values), len(self._keys)
        if need <= have:
            return
        # In place: the system moves pages, nothing is copied however the rows arrive.
        more = max(need, have + have // 4, 64)
        self._values.resize((more, self.block.slots), refcheck=False)
        self._values[have:] = MISSING
        if self._flags is not None:
            self._flags.resize((more, self.block.slots), refcheck=False)
