"""What can go wrong when conformity is judged under uncertainty.

ConformityError
├── EmptyInterval
├── NotPositive
└── RiskOutOfReach
"""

from hengliang.metrology.errors import MetrologyError


class ConformityError(MetrologyError):
    """A conformity question without an answer."""


class EmptyInterval(ConformityError):
    """No value lies between the limits."""

    template = "No value lies between {low} and {high}; give a lower limit below the upper, or drop one."


class NotPositive(ConformityError):
    """A width, uncertainty or limit that must be positive."""

    template = "{what} is {value}; it must be greater than zero."


class RiskOutOfReach(ConformityError):
    """No guard band brings the risk down to what was asked."""

    template = "A risk of {risk:g} can't be reached with u = {u:g}; measure better or accept a larger risk."
