"""What can go wrong when a curve is fitted.

RegressionError
├── TooFewPoints
├── BadDegree
├── ShapeMismatch
├── NotFinite
├── RankDeficient
├── NotPositiveDefinite
├── NotConverged
├── NoInverse
└── AmbiguousInverse
"""

import numpy as np

from hengliang.metrology.arguments import LARGEST
from hengliang.metrology.arrays import Floats
from hengliang.metrology.errors import MetrologyError


class RegressionError(MetrologyError):
    """A fit that can't be made as asked."""


class TooFewPoints(RegressionError):
    """Fewer points than the model needs."""

    template = "{n} points can't carry {needed}; measure more points or take a simpler model."


class BadDegree(RegressionError):
    """A degree that no polynomial has."""

    template = "A polynomial has no degree {degree}; give a whole number, 0 or more."


class ShapeMismatch(RegressionError):
    """Arrays that should belong together have different lengths."""

    template = "{what} has {got} values where {expected} are needed; give one per point."


class NotFinite(RegressionError):
    """A NaN or an infinity among the inputs, or given back by the model."""

    template = "{what} contains a value that is not a finite number (first at point {index}); remove or correct it."


class RankDeficient(RegressionError):
    """Two terms of the model can't be told apart by the points given."""

    template = "The points can't separate term {term} from the others; drop it, or spread the points."


class NotPositiveDefinite(RegressionError):
    """A covariance matrix (or a variance) that no set of errors can have."""

    template = "The covariance of {what} is not positive definite; check variances and correlations."


class NotConverged(RegressionError):
    """The iteration did not settle."""

    template = "No convergence after {iterations} steps (rss {rss:.6g}); give a start nearer to the solution."


class NoInverse(RegressionError):
    """The curve does not reach the reading inside the calibrated range."""

    template = "The curve does not reach {y:g} between x = {low:g} and {high:g}; calibrate a wider range."


class AmbiguousInverse(RegressionError):
    """The curve takes the reading at several places."""

    template = "The curve takes {y:g} at {count} places between {low:g} and {high:g}; narrow the range."


def require_finite(what: str, values: Floats) -> None:
    """Raises NotFinite unless all values are finite numbers that can be squared.

    Source: of our own.
    """
    usable = np.abs(values) <= LARGEST
    if not usable.all():
        raise NotFinite(what=what, index=int(np.argmin(usable)))
