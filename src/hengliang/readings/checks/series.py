"""The checks of one series' numbers over a window: rollovers, resets, spikes, units, runs without movement.

A fault of a register betrays itself by a fall, since a register never falls: a spike rises and falls back (or falls
and rises back), a rollover falls from just below a power of ten, a reset falls to near nothing and goes on from
there. So only series with a fall or with an impossible rise are looked at one by one; the rest passes as arrays.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.readings.checks.finding import Fault
from hengliang.readings.model import MISSING, Integers

Places = NDArray[np.int64]
# A run that comes back after more slots than this is no spike but a change (unless it is a matter of units).
SPIKE_RUN = 4
# How many times the usual largest step of a series a step may be before it can't be consumption.
IMPOSSIBLE = 20.0
# Which quantile of the steps still is consumption, in long and in short series (a month of days).
UPPER = 0.9
UPPER_OF_FEW = 0.8
# How near to a power of ten a ratio of registers, how near a ratio of amounts must be.
OF_TEN = 0.02
FACTOR = 5.0
# A register that falls to less than this share of itself was reset.
LITTLE = 0.1
# What falls more often than this is no register: a net meter that runs back, amounts under a wrong name.
MOST_FALLS = 0.1
FEW_STEPS = 50
# No display has fewer digits before its point than this, so none runs over earlier.
SMALLEST = 4
_TENS = (10.0, 100.0, 1000.0, 1e6)


@dataclass(frozen=True, slots=True)
class Event:
    """A fault between two places of a series."""

    fault: Fault
    begin: int
    end: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a series moves: its usual and its usual largest step per slot [last digits]."""

    median: float
    large: float

    def impossible(self, step: float, slots: float) -> bool:
        """Whether a rise over some slots can't be consumption."""
        return step > IMPOSSIBLE * self.large * max(1.0, slots) + 10.0


def pace_of(steps: Integers, slots: Places) -> Pace:
    """The pace of a series from its rises and the slots that each spans; a few faults among them do not matter."""
    per_slot = steps[steps > 0] / slots[steps > 0]
    if not len(per_slot):
        return Pace(0.0, 0.0)
    median = float(np.median(per_slot))
    # The upper tenth may be the fault itself (a run in another unit): it is bounded by what lies below it.
    upper = (
        2.0 * float(np.quantile(per_slot, UPPER)) if len(per_slot) > 200 else float(np.quantile(per_slot, UPPER_OF_FEW))
    )
    return Pace(median, min(max(upper, 3.0 * median), 50.0 * max(median, 1.0)))


def examine_register(values: Integers, exponent: int = -2) -> tuple[list[Event], Integers]:
    """Faults of one register, and the register as an evaluation may use it.

    values : (t,) integers with MISSING; exponent : power of ten of the last digit
    Gives the events and (t,) integers: rollovers and resets unwrapped, spikes and wrong units MISSING, and all of it
    where the numbers are no register.
    """
    places = np.flatnonzero(values != MISSING)
    clean = values.copy()
    if len(places) < 3:
        return [], clean
    steps = np.diff(values[places])
    if len(steps) >= FEW_STEPS and np.count_nonzero(steps < 0) > MOST_FALLS * len(steps):
        first, last = int(places[0]), int(places[-1])
        return [Event(Fault.NEGATIVE, first, last, int(values[first]), int(values[last]))], np.full_like(
            values, MISSING
        )
    pace = pace_of(steps, np.diff(places))
    events: list[Event] = []
    places = _without_excursions(clean, places, pace, events)
    _unwrap(clean, places, pace, events, 10 ** max(0, SMALLEST - exponent))
    return events, clean


def _whole(values: Integers, places: Places) -> Event:
    """A series that is no register from its first number to its last."""
    first, last = int(places[0]), int(places[-1])
    return Event(Fault.NEGATIVE, first, last, int(values[first]), int(values[last]))


def _without_excursions(clean: Integers, places: Places, pace: Pace, events: list[Event]) -> Places:
    """Take out runs that leave the course of the register and come back to it."""
    for _ in range(len(places)):
        run = _excursion(clean[places], places, pace)
        if run is None:
            return places
        begin, end = run
        before = int(clean[places[begin - 1]]) if begin else int(clean[places[end]])
        found = clean[places[begin:end]]
        fault = Fault.UNIT if _by_ten(found, before) else Fault.SPIKE
        events.append(Event(fault, int(places[begin]), int(places[end - 1]), before, int(found[0])))
        clean[places[begin:end]] = MISSING
        places = np.concatenate([places[:begin], places[end:]])
    return places


def _excursion(course: Integers, places: Places, pace: Pace) -> tuple[int, int] | None:
    """The first run [begin, end) that departs from the course and returns to it."""
    for fall in np.flatnonzero(np.diff(course) < 0).tolist():
        high = _back(course, fall, places, pace)
        low = _forth(course, fall, places, pace)
        runs = [run for run in (high, low) if run is not None]
        if runs:
            return min(runs, key=lambda run: run[1] - run[0])
    return None


def _back(course: Integers, fall: int, places: Places, pace: Pace) -> tuple[int, int] | None:
    """The numbers before a fall were too high: where did they leave the course?"""
    after = course[fall + 1]
    earlier = np.flatnonzero(course[: fall + 1] <= after)
    begin = int(earlier[-1]) + 1 if len(earlier) else 0
    if begin == 0 and fall + 1 > SPIKE_RUN:
        return None
    run = course[begin : fall + 1]
    base = int(course[begin - 1]) if begin else int(after)
    if pace.impossible(float(after - base), float(places[fall + 1] - places[max(begin - 1, 0)])):
        return None
    return (begin, fall + 1) if len(run) <= SPIKE_RUN or _by_ten(run, base) else None


def _forth(course: Integers, fall: int, places: Places, pace: Pace) -> tuple[int, int] | None:
    """The numbers after a fall were too low: where do they come back?"""
    before = course[fall]
    later = np.flatnonzero(course[fall + 1 :] >= before)
    end = fall + 1 + int(later[0]) if len(later) else len(course)
    run = course[fall + 1 : end]
    if end == len(course):
        return (fall + 1, end) if _by_ten(run, int(before)) and len(run) > 1 else None
    if pace.impossible(float(course[end] - before), float(places[end] - places[fall])):
        return None
    return (fall + 1, end) if len(run) <= SPIKE_RUN or _by_ten(run, int(before)) else None


def _by_ten(run: Integers, base: int) -> bool:
    """Whether a run differs from the course by a power of ten: a matter of units, not of the register."""
    if base <= 0 or (run <= 0).any():
        return False
    ratio = float(np.median(run / base))
    return any(abs(ratio / ten - 1) < OF_TEN or abs(ratio * ten - 1) < OF_TEN for ten in _TENS)


def _unwrap(clean: Integers, places: Places, pace: Pace, events: list[Event], least: int) -> None:
    """Add what a register lost at rollovers and resets; keep falls of a few digits as they are."""
    course = clean[places]
    for at in np.flatnonzero(np.diff(course) < 0).tolist():
        before, after = int(course[at]), int(course[at + 1])
        slots = float(places[at + 1] - places[at])
        full = 10 ** len(str(abs(before)))
        begin = int(places[at + 1])
        if before > 0.5 * full and full >= least and not pace.impossible(float(full - before + after), slots):
            events.append(Event(Fault.ROLLOVER, begin, begin, before, after))
            clean[begin:][clean[begin:] != MISSING] += full
        elif 0 <= after <= max(LITTLE * before, IMPOSSIBLE * pace.large * slots):
            events.append(Event(Fault.RESET, begin, begin, before, after))
            kept = 0 if pace.impossible(float(after), slots) else after
            clean[begin:][clean[begin:] != MISSING] += before - after + kept
        else:
            events.append(Event(Fault.NEGATIVE, begin, begin, before, after))
            clean[begin:][clean[begin:] != MISSING] += before - after
    _jumps(clean, places, pace, events)


def _jumps(clean: Integers, places: Places, pace: Pace, events: list[Event]) -> None:
    """Rises that no consumption explains and that do not come back."""
    course = clean[places]
    if pace.large <= 0:
        return
    slots = np.diff(places)
    steps = np.diff(course)
    for at in np.flatnonzero(steps > IMPOSSIBLE * pace.large * slots + 10.0).tolist():
        before, after = int(course[at]), int(course[at + 1])
        fault = Fault.UNIT if before > 0 and _by_ten(course[at + 1 : at + 2], before) else Fault.SPIKE
        begin = int(places[at + 1])
        events.append(Event(fault, begin, begin, before, after))
        clean[begin:][clean[begin:] != MISSING] -= after - before


def examine_amounts(values: Integers) -> tuple[list[Event], Integers]:
    """Faults of one series of amounts per interval; what can't be is MISSING in the second answer."""
    clean = values.copy()
    places = np.flatnonzero(values != MISSING)
    amounts = values[places]
    events = [Event(Fault.NEGATIVE, int(p), int(p), 0, int(values[p])) for p in places[amounts < 0]]
    clean[places[amounts < 0]] = MISSING
    pace = pace_of(amounts, np.ones(len(amounts), np.int64))
    if pace.large <= 0:
        return events, clean
    wrong = places[amounts > IMPOSSIBLE * pace.large + 10.0]
    for begin, end in runs_of(wrong):
        found = values[wrong[begin:end]]
        ratio = float(np.median(found)) / max(pace.median, 1.0)
        # A run at a thousand times the usual is a matter of units, a single one a disturbance.
        unit = end - begin > SPIKE_RUN and any(1 / FACTOR < ratio / ten < FACTOR for ten in _TENS[1:])
        fault = Fault.UNIT if unit else Fault.SPIKE
        events.append(Event(fault, int(wrong[begin]), int(wrong[end - 1]), int(pace.median), int(found[0])))
        clean[wrong[begin:end]] = MISSING
    return events, clean


def runs_of(places: Places) -> list[tuple[int, int]]:
    """Ranges [begin, end) of neighbouring places.

    >>> runs_of(np.array([3, 4, 9]))
    [(0, 2), (2, 3)]
    """
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > 1) + 1
    edges = [0, *cuts.tolist(), len(places)]
    return list(itertools.pairwise(edges))
