"""What can go wrong with a control chart.

ControlChartError
├── TooFewGroups
└── BadGroups
"""

from hengliang.metrology.errors import MetrologyError


class ControlChartError(MetrologyError):
    """A control chart that can't be drawn."""


class TooFewGroups(ControlChartError):
    """Too few points to estimate limits."""

    template = "{n} points can't give control limits; collect at least {needed} (20 to 25 are usual)."


class BadGroups(ControlChartError):
    """Subgroups of unlike or useless size."""

    template = "Subgroups must all have one size between {least} and {most}; found {sizes}."
