"""What the errors of a file come to, by what its rows share: counts, sums, and shares of the limit, in one pass."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hengliang.platform.verification.benches.judging import JudgedPart

# Errors ÷ limit, counted in tenths from -1.5 to 1.5; what lies beyond counts at the ends.
TENTHS = 15
_BINS = 2 * TENTHS + 1

Ints = npt.NDArray[np.int64]


class _Piece(NamedTuple):
    """The errors of one row of the record in some rows of the file: `(n, k)`, with numbers and keys of those rows."""

    numbers: Ints
    keys: Ints
    errors: npt.NDArray[np.float64]
    limits: npt.NDArray[np.float64]


class Tallies:
    """Gathers what was judged; gives the counts and tallies of all that is not left out."""

    def __init__(self) -> None:
        self._numbers: list[Ints] = []
        self._keys: list[Ints] = []
        self._verdicts: list[str] = []
        self._pieces: dict[int, list[_Piece]] = {}

    def add(self, part: JudgedPart, numbers: Sequence[int], keys: Sequence[int], verdicts: Sequence[str]) -> None:
        """Take rows that one judge judged; those without a verdict were refused."""
        told = np.array([bool(verdict) for verdict in verdicts], dtype=np.bool_)
        own, shared = np.array(numbers)[told], np.array(keys)[told]
        self._numbers.append(own)
        self._keys.append(shared)
        self._verdicts += filter(None, verdicts)
        for row, errors, limits in zip(part.rows, part.judged.errors, part.judged.limits, strict=True):
            if errors.shape[1]:
                self._pieces.setdefault(row, []).append(_Piece(own, shared, errors[told], limits[told]))

    def counts(self, left_out: Collection[int]) -> dict[str, int]:
        """How many there are of each verdict."""
        if not self._numbers:
            return {}
        verdicts = np.array(self._verdicts)[_kept(np.concatenate(self._numbers), left_out)]
        return dict(Counter(verdicts.tolist()))

    def occurring(self, left_out: Collection[int] = ()) -> list[int]:
        """The keys that occur, in order."""
        if not self._numbers:
            return []
        keys = np.concatenate(self._keys)[_kept(np.concatenate(self._numbers), left_out)]
        return list(map(int, np.unique(keys)))

    def tallies(self, left_out: Collection[int], count: int) -> list[str]:
        """For each key below `count` as JSON: by row of the record the count, the sums and the shares of the limit."""
        told: list[dict[str, Any]] = [{} for _key in range(count)]
        for row, pieces in sorted(self._pieces.items()):
            for key, found in _tally(pieces, left_out, count):
                told[key][str(row)] = found
        return [json.dumps(one, separators=(",", ":")) for one in told]


def _tally(pieces: Sequence[_Piece], left_out: Collection[int], count: int) -> list[tuple[int, list[Any]]]:
    width = pieces[0].errors.shape[1]
    numbers, keys = (np.repeat(np.concatenate([one[at] for one in pieces]), width) for at in (0, 1))
    errors, limits = (np.concatenate([one[at].ravel() for one in pieces]) for at in (2, 3))
    kept = _kept(numbers, left_out) & ~np.isnan(limits)
    keys, errors, limits = keys[kept], errors[kept], np.abs(limits[kept])
    share = np.divide(errors, limits, out=np.zeros_like(errors), where=limits != 0)
    places = np.clip(np.floor(share * 10 + 0.5), -TENTHS, TENTHS).astype(np.int64) + TENTHS
    bins = np.bincount(keys * _BINS + places, minlength=count * _BINS).reshape(count, _BINS)
    sums, squares = (np.bincount(keys, weights=one, minlength=count) for one in (errors, errors * errors))
    totals = bins.sum(axis=1)
    return [
        (int(key), [int(totals[key]), float(sums[key]), float(squares[key]), bins[key].tolist()])
        for key in np.flatnonzero(totals)
    ]


def _kept(numbers: Ints, left_out: Collection[int]) -> npt.NDArray[np.bool_]:
    if not left_out:
        return np.ones(len(numbers), dtype=np.bool_)
    return ~np.isin(numbers, np.fromiter(left_out, dtype=np.int64, count=len(left_out)))
