"""What can go wrong when a lot is sampled.

SamplingError
├── BadLot
├── BadArgument
├── UnknownEntry
├── NoPlan
├── PlanOutOfReach
├── BadCounts
└── TooFewItems
"""

from hengliang.metrology.arguments import Require
from hengliang.metrology.errors import MetrologyError


class SamplingError(MetrologyError):
    """A sampling question without an answer."""


class BadLot(SamplingError):
    """A lot size that the tables do not cover."""

    template = "A lot of {lot} items is outside the tables, which begin at {least}; inspect every item."


class BadArgument(SamplingError):
    """A share, a risk or a number of items that makes no sense or can't be computed."""

    template = "{what} is {value}; it must be {wanted}."


class UnknownEntry(SamplingError):
    """An AQL, level or kind that the tables do not have."""

    template = "There is no {what} {value}; choose one of {known}."


class NoPlan(SamplingError):
    """The tables have no plan of the kind asked for at this place."""

    template = "There is no {kind} plan for letter {letter} with acceptance number {ac}; take the single plan."


class PlanOutOfReach(SamplingError):
    """No plan within the bounds meets both risks."""

    template = "No plan of at most {n} items meets both risks; allow a larger sample or a wider gap of qualities."


class BadCounts(SamplingError):
    """Counts of nonconforming items that the plan can't have."""

    template = "{counts} can't be the nonconforming items of stages of {sizes} items; count each stage by itself."


class TooFewItems(SamplingError):
    """The sample is smaller than the plan."""

    template = "The plan takes {needed} items and {n} were measured; measure the rest."


require = Require(BadArgument)


def require_share(what: str, value: float) -> None:
    """Raises BadArgument unless `value` lies between 0 and 1.

    Source: of our own; a risk and a share of nonconforming items are probabilities (ISO 2859-1:1999, clause 3).
    """
    if not 0 < value < 1:
        raise BadArgument(what=what, value=value, wanted="a share between 0 and 1")


def require_count(what: str, value: int, least: int, most: int) -> None:
    """Raises BadArgument unless `value` lies between `least` and `most`.

    Source: of our own; the bounds keep time and memory within what one waits for.
    """
    if not least <= value <= most:
        raise BadArgument(what=what, value=value, wanted=f"a whole number between {least} and {most}")
