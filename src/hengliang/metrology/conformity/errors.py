"""What can go wrong when conformity is judged under uncertainty.

ConformityError
├── BadNumber
├── EmptyInterval
└── RiskOutOfReach
"""

from hengliang.metrology.arguments import Require
from hengliang.metrology.errors import MetrologyError


class ConformityError(MetrologyError):
    """A conformity question without an answer."""


class EmptyInterval(ConformityError):
    """No value lies between the limits."""

    template = "No value lies between {low} and {high}; give a lower limit below the upper, or drop one."


class RiskOutOfReach(ConformityError):
    """No guard band brings the risk down to what was asked."""

    template = "A risk of {risk:g} can't be reached with u = {u:g}; measure better or accept a larger risk."


class BadNumber(ConformityError):
    """A number that is none, or one that the question can't have."""

    template = "{what} is {value}; it must be {wanted}."


require = Require(BadNumber)
