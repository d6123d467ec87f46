"""What can go wrong when a calibration interval is sought.

IntervalError
├── BadNumber
├── TooLittleHistory
├── BadTarget
└── TargetOutOfReach
"""

from hengliang.metrology.arguments import Require
from hengliang.metrology.errors import MetrologyError


class IntervalError(MetrologyError):
    """A calibration interval that can't be given."""


class TooLittleHistory(IntervalError):
    """Fewer calibrations than the method needs."""

    template = "{method} needs {needed} calibrations and has {n}; keep the present interval until there are."


class BadTarget(IntervalError):
    """A target reliability that is no probability."""

    template = "The target {target} must lie between 0 and 1, both excluded."


class TargetOutOfReach(IntervalError):
    """No interval meets the target."""

    template = "No interval meets the target: {reason}; accept a lower target or a wider limit."


class BadNumber(IntervalError):
    """A number that is none, or one that the question can't have."""

    template = "{what} is {value}; it must be {wanted}."


require = Require(BadNumber)
