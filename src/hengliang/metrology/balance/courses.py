"""How a meter goes on where it was not read: the shape of its guess, and how far off that may be.

Most meters go with their node; some go by the clock (photovoltaics, street lights), against it. What fits the known
periods better is taken. The guess is as wrong as this meter at this time of day usually departs from its shape: at
night a little, in the evening much.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats

DAY = 86_400
FEWEST_DAYS = 10  # known at each time of day before a meter's own daily course is believed
DOUBT = 2.0  # days' worth of the overall variance that each time of day is given


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What is guessed of a meter."""

    guess: Floats
    """(T,) amount of each period, were it not known [unit]."""
    variance: Floats
    """(T,) of a known amount around the guess [unit squared]."""
    contrast: float
    """How unlike the guess two neighbouring periods divide their sum: mean square of what is off over that sum."""


def slots_of(period: int) -> int:
    """Periods of a day; 1 where they do not divide it."""
    return DAY // period if DAY % period == 0 else 1


def course_of(known: Floats, node: Floats, slots: int) -> Course:
    """The course of one meter.

    known : (T,) [unit], NaN where not known; node : (T,) positive, how the node flows; slots : periods of a day
    """
    seen = np.isfinite(known)
    if not seen.any():
        return Course(np.zeros_like(node), np.zeros_like(node), 0.0)
    shapes = [node, *_daily(known, node, seen, slots)]
    guesses = [shape * (float(known[seen].sum()) / float(shape[seen].sum())) for shape in shapes]
    guess = min(guesses, key=lambda one: float(((known - one)[seen] ** 2).sum()))
    return Course(guess, _variance((known - guess) ** 2, seen, slots), _contrast(known, guess))


def divided(total: float, guess: Floats, node: Floats) -> Floats:
    """A known total over periods as the guess goes; as the node goes where it guesses nothing."""
    shape = guess if guess.sum() > 0.0 and (guess >= 0.0).all() else node
    return np.asarray(total * shape / shape.sum())


def _daily(known: Floats, node: Floats, seen: np.ndarray, slots: int) -> list[Floats]:
    """The mean day, where enough days are known."""
    place = np.arange(len(known)) % slots
    counts = np.bincount(place[seen], minlength=slots)
    if slots == 1 or counts.min() < FEWEST_DAYS:
        return []
    mean = np.bincount(place[seen], known[seen], slots) / counts
    return [mean[place]] if mean.sum() > 0.0 else []


def _variance(square: Floats, seen: np.ndarray, slots: int) -> Floats:
    """(T,) by time of day, each leaning a little on all."""
    place = np.arange(len(square)) % slots
    counts = np.bincount(place[seen], minlength=slots)
    sums = np.bincount(place[seen], square[seen], slots)
    return np.asarray(((sums + DOUBT * square[seen].mean()) / (counts + DOUBT))[place])


def _contrast(known: Floats, guess: Floats) -> float:
    pairs = np.isfinite(known[1:]) & np.isfinite(known[:-1]) & (guess[1:] + guess[:-1] > 0.0)
    later, earlier = known[1:][pairs], known[:-1][pairs]
    then, before = guess[1:][pairs], guess[:-1][pairs]
    both = later + earlier
    off = (later - earlier) - both * (then - before) / (then + before)
    return float((off**2).sum() / ((both**2).sum() or 1.0))
