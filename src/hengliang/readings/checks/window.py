"""The checks over all series of a node in a window: gaps, flags of the import, and the series one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.readings.checks.finding import Fault, Finding
from hengliang.readings.checks.series import IMPOSSIBLE, Event, examine_amounts, examine_register, runs_of
from hengliang.readings.grid import DAY
from hengliang.readings.model import MISSING, UNUSABLE, Bytes, Flag, Integers, Kind, Series

Mask = NDArray[np.bool_]
# Consecutive slots without movement after which a register that usually moves counts as stuck.
STILL_DAYS = 3
# Share of slots without movement up to which a meter usually moves.
USUALLY = 0.3


@dataclass(frozen=True, slots=True)
class Examined:
    """A window after the checks.

    values : (r, t) what an evaluation may use
    findings : everything found
    expected, present, usable : slots, over all series
    """

    values: Integers
    findings: tuple[Finding, ...]
    expected: int
    present: int
    usable: int


def examine(series: Sequence[Series], values: Integers, flags: Bytes | None, begin: int, interval: int) -> Examined:
    """Check the series of a node.

    values : (r, t) integers, MISSING where there is none; flags : (r, t) or None
    begin : local second of the first slot; interval : seconds
    """
    valid = values != MISSING
    findings: list[Finding] = []
    clean = values
    if flags is not None and flags.any():
        findings += _flagged(series, flags, begin, interval)
        clean = np.where((flags & UNUSABLE) != 0, MISSING, values)
    expected, gaps = _gaps(series, valid, begin, interval)
    findings += gaps
    suspicious = _suspicious(series, clean)
    if suspicious.any():
        clean = clean.copy() if clean is values else clean
        for row in np.flatnonzero(suspicious).tolist():
            events = _one(series[row], clean, row)
            findings += [_finding(series[row], event, begin, interval) for event in events]
    findings += _still(series, clean, begin, interval)
    return Examined(clean, tuple(findings), expected, int(valid.sum()), int((clean != MISSING).sum()))


def _one(one: Series, clean: Integers, row: int) -> list[Event]:
    if one.kind is Kind.LEVEL:
        return []
    if one.kind is Kind.INTERVAL:
        events, clean[row] = examine_amounts(clean[row])
    else:
        events, clean[row] = examine_register(clean[row], one.exponent)
    return events


def _finding(one: Series, event: Event, begin: int, interval: int) -> Finding:
    scale = 10.0**one.exponent
    detail = f"{event.before * scale:.10g} → {event.after * scale:.10g} {one.unit}"
    second = begin + event.begin * interval
    return Finding(event.fault, one.meter, second, event.end - event.begin + 1, detail, one.channel)


def _suspicious(series: Sequence[Series], values: Integers) -> Mask:
    """(r,) which series fall, or rise beyond reason; the others need no second look."""
    valid = values != MISSING
    if valid.all():
        steps = np.diff(values, axis=1)
    else:
        place = np.where(valid, np.arange(values.shape[1]), 0)
        np.maximum.accumulate(place, axis=1, out=place)
        leading = valid.argmax(axis=1)[:, None]
        filled = np.take_along_axis(values, np.maximum(place, leading), axis=1)
        steps = np.diff(filled, axis=1)
    mean = np.abs(steps).sum(axis=1) / max(1, steps.shape[1])
    # 50 times the median of `Pace` is never below this many means, so nothing is passed over that it would find.
    register = (steps < 0).any(axis=1) | (steps.max(axis=1, initial=0) > 3.0 * mean + 10.0) & _rises(steps)
    amounts = np.array([one.kind is Kind.INTERVAL for one in series], bool)
    if amounts.any():
        register[amounts] = True
    return np.asarray(register & valid.any(axis=1))


def _rises(steps: Integers) -> Mask:
    """(r,) whether the largest step is far above the next ones: cheap bound of what `Pace` calls impossible."""
    if steps.shape[1] < 4:
        return np.ones(len(steps), bool)
    top = steps.max(axis=1)
    at = min(steps.shape[1] - 1, max(1, steps.shape[1] * 97 // 100 - 1))
    usual = np.partition(steps, at, axis=1)[:, at]
    return np.asarray(top > IMPOSSIBLE * usual / 4)


def _flagged(series: Sequence[Series], flags: Bytes, begin: int, interval: int) -> list[Finding]:
    kinds = ((Flag.SKEWED, Fault.SKEW), (Flag.DUPLICATE, Fault.DUPLICATE), (Flag.CONFLICT, Fault.CONFLICT))
    found = []
    for row in np.flatnonzero(flags.any(axis=1)).tolist():
        one = series[row]
        for flag, fault in kinds:
            places = np.flatnonzero(flags[row] & flag)
            for first, end in runs_of(places):
                second = begin + int(places[first]) * interval
                found.append(Finding(fault, one.meter, second, end - first, "", one.channel))
    return found


def _gaps(series: Sequence[Series], valid: Mask, begin: int, interval: int) -> tuple[int, list[Finding]]:
    """Slots that should hold a reading, and the runs of those that do not.

    A series is expected on its own raster: an hourly master among quarter-hourly meters has no gaps between hours.
    Nothing is expected before the first and after the last slot of which any series of the node holds a reading.
    """
    anywhere = np.flatnonzero(valid.any(axis=0))
    if not len(anywhere):
        return 0, []
    low, high = int(anywhere[0]), int(anywhere[-1]) + 1
    inside = valid[:, low:high]
    if inside.all():
        return inside.size, []
    expected, found = 0, []
    for row in range(len(series)):
        step, phase = (1, 0) if inside[row].all() else _raster(np.flatnonzero(inside[row]))
        slots = np.arange(phase, high - low, step)
        expected += len(slots)
        missing = np.flatnonzero(~inside[row][slots])
        for first, end in runs_of(missing):
            place = low + int(slots[missing[first]])
            one = series[row]
            found.append(Finding(Fault.GAP, one.meter, begin + place * interval, end - first, "", one.channel))
    return expected, found


def _raster(places: NDArray[np.int64]) -> tuple[int, int]:
    """Every how many slots a series is read, and from which on."""
    if len(places) < 2:
        return 1, 0
    step = int(np.gcd.reduce(np.diff(places)))
    return step, int(places[0]) % step


def _still(series: Sequence[Series], clean: Integers, begin: int, interval: int) -> list[Finding]:
    """Registers that usually move and stand for days."""
    least = max(STILL_DAYS * DAY // interval, 5)
    if clean.shape[1] <= 2 * least:
        return []
    found = []
    for row in np.flatnonzero(_stands(clean, least)).tolist():
        one = series[row]
        if one.kind is Kind.LEVEL:
            continue
        places = np.flatnonzero(clean[row] != MISSING)
        steps = np.diff(clean[row][places]) if one.kind is Kind.REGISTER else clean[row][places]
        runs = sorted(runs_of(np.flatnonzero(steps == 0)), key=lambda run: run[1] - run[0])
        zeros = np.flatnonzero(steps == 0)
        if not runs:
            continue
        first, end = runs[-1]
        other = runs[-2][1] - runs[-2][0] if len(runs) > 1 else 0
        length = end - first
        # Standing must be unusual for this very meter: a flat left empty each weekend is no fault.
        if length >= least and length > 8 * other and len(zeros) - length < USUALLY * (len(steps) - length):
            place = int(places[zeros[first]])
            found.append(Finding(Fault.STUCK, one.meter, begin + place * interval, length, "", one.channel))
    return found


def _stands(clean: Integers, least: int) -> Mask:
    """(r,) which series may stand for `least` slots: compared at that distance only, as arrays."""
    apart = least // 2
    low, high = clean[:, ::apart][:, :-1], clean[:, ::apart][:, 1:]
    return np.asarray(((low == high) & (low != MISSING)).any(axis=1))
