"""What the first rows of a file tell: the interval between its slots, their phase, the digits after the point."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from hengliang.readings.errors import ProfileRefused
from hengliang.readings.grid import INTERVALS, parse_interval
from hengliang.readings.intake.keys import encode
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.tables import Table
from hengliang.readings.intake.times import Clock

MAX_DECIMALS = 6
NEARLY_ALL = 0.9
A_FEW = 0.001


@dataclass(frozen=True, slots=True)
class Grid:
    """The raster of a file: slot k of a day is `phase + k * interval` seconds after midnight."""

    interval: int
    phase: int

    @property
    def tolerance(self) -> int:
        """Seconds off the raster that still count as on it: collectors stamp a freeze some seconds late."""
        return max(2, self.interval // 100)


def joined(texts: Iterable[str]) -> str:
    """Date and time of day as one text; a time that has its own date stands alone."""
    parts = [one.strip() for one in texts if one.strip()]
    if len(parts) == 2 and len(parts[1]) > 9:
        return parts[1]
    if len(parts) == 2:
        parts[0] = parts[0].split(" ")[0].split("T")[0]
    return " ".join(parts)


def grid_of(table: Table, sample: pa.Table, profile: Profile, clock: Clock, file: str) -> Grid:
    """The raster of a long or matrix file. Raises ProfileRefused when it has no readable time."""
    if profile.interval != "auto":
        return Grid(_said(profile.interval, file), 0)
    steps = _steps(sample, table, clock)
    seconds = [one for one in (clock.read(joined(texts)) for texts in table_times(table, sample)) if one is not None]
    if not steps:
        seconds = sorted(
            s
            for s in (clock.read(joined(str(t or "") for t in row)) for row in table.distinct_times())
            if s is not None
        )
        steps = Counter(int(step) for step in np.diff(seconds) if step > 0)
    if not seconds:
        raise ProfileRefused(file=file, reason="no time in its first rows can be read")
    if not steps:
        return Grid(_raster(seconds), 0)
    interval = _divisor(steps.most_common(1)[0][0])
    return Grid(interval, _phase(seconds, interval))


def _said(text: str, file: str) -> int:
    try:
        return parse_interval(text)
    except ValueError as fault:
        raise ProfileRefused(file=file, reason=str(fault)) from None


def table_times(table: Table, sample: pa.Table) -> list[tuple[str, ...]]:
    """The different times of a sample, as text tuples."""
    if not sample.num_rows:
        return []
    return encode([sample.column(name).combine_chunks() for name in table.columns.times], sample.num_rows)[1]


def _steps(sample: pa.Table, table: Table, clock: Clock) -> Counter[int]:
    """How often each difference between neighbouring times of one meter occurs."""
    if not sample.num_rows:
        return Counter()
    codes, texts = encode([sample.column(name).combine_chunks() for name in table.columns.times], sample.num_rows)
    read = [clock.read(joined(one)) for one in texts]
    seconds = np.array([-1 if one is None else one for one in read], np.int64)[codes]
    keys = [sample.column(name).combine_chunks() for name in table.columns.keys]
    meters = encode(keys, sample.num_rows)[0]
    order = np.lexsort((seconds, meters))
    step = np.diff(seconds[order])
    same = (np.diff(meters[order]) == 0) & (step > 0) & (seconds[order][:-1] >= 0)
    found, counts = np.unique(step[same], return_counts=True)
    return Counter(dict(zip(found.tolist(), counts.tolist(), strict=True)))


def _divisor(step: int) -> int:
    """The interval that a usual step stands for: the largest one that divides it, allowing for a slipped second."""
    near = [one for one in INTERVALS if abs(one - step) <= max(2, one // 100)]
    if near:
        return near[0]
    return max((one for one in INTERVALS if step % one == 0), default=60)


def _raster(seconds: Sequence[int]) -> int:
    """The widest raster on which single times lie: a correction of 06:00 alone is none of midnight."""
    return next(
        one for one in sorted(INTERVALS, reverse=True) if all(_near(time, one) for time in seconds) or one == 60
    )


def _near(second: int, interval: int) -> bool:
    return min(second % interval, -second % interval) <= max(2, interval // 100)


def _phase(seconds: Sequence[int], interval: int) -> int:
    """The usual offset from the raster, where nearly all times share it and it is no mere lateness."""
    phases = Counter(one % interval for one in seconds)
    phase, count = phases.most_common(1)[0]
    off = min(phase, interval - phase)
    return phase if count > NEARLY_ALL * len(seconds) and off > max(2, interval // 100) else 0


def decimals_of(sample: pa.Table, table: Table, profile: Profile) -> int:
    """Digits after the point that are kept: what the numbers of the sample show, at most MAX_DECIMALS."""
    if profile.decimals != "auto":
        return min(int(profile.decimals), 9) if profile.decimals.isdigit() else 2
    most = 0
    for name in table.columns.values[:8]:
        cells = [one for one in sample.column(name).to_pylist()[:20_000] if one]
        lengths = Counter(len(one.partition(".")[2].rstrip()) for one in cells if "e" not in one.lower())
        # Binary fractions print up to 17 digits; they are no digits of a register.
        common = [length for length, count in lengths.items() if count > A_FEW * len(cells)]
        most = max([most, *common])
    return min(most, MAX_DECIMALS)
