"""What can go wrong with a control chart.

ControlChartError
├── BadNumber
├── NoScatter
├── TooFewGroups
└── BadGroups
"""

from hengliang.metrology.arguments import Require
from hengliang.metrology.errors import MetrologyError


class ControlChartError(MetrologyError):
    """A control chart that can't be drawn."""


class TooFewGroups(ControlChartError):
    """Too few points to estimate limits."""

    template = "{n} points can't give control limits; collect at least {needed} (20 to 25 are usual)."


class NoScatter(ControlChartError):
    """All points are equal, so that no pattern can be told from chance."""

    template = (
        "The points of chart {chart} do not scatter; read the instrument to finer digits, then test for patterns."
    )


class BadGroups(ControlChartError):
    """Subgroups of unlike or useless size."""

    template = "Subgroups must all have one size between {least} and {most}; found {sizes}."


class BadNumber(ControlChartError):
    """A number that is none, or one that the question can't have."""

    template = "{what} is {value}; it must be {wanted}."


require = Require(BadNumber)
