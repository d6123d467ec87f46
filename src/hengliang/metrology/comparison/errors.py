"""What can go wrong when laboratories are compared.

ComparisonError
├── BadNumber
├── TooFewResults
├── TooManyResults
├── NotPositiveUncertainty
├── OutOfScale
├── BadCorrelation
├── NotConsistent
├── UnknownLaboratory
├── UnknownMethod
├── UnknownRelease
├── NoScatter
└── DisconnectedLinking
"""

from hengliang.metrology.arguments import Require
from hengliang.metrology.errors import MetrologyError


class ComparisonError(MetrologyError):
    """A comparison that can't be evaluated as asked."""


class TooFewResults(ComparisonError):
    """Fewer results than the method needs."""

    template = "{method} needs at least {needed} results and has {n}; include more laboratories."


class TooManyResults(ComparisonError):
    """More results than the method can be computed for."""

    template = "{method} takes at most {most} results and has {n}; use another method."


class OutOfScale(ComparisonError):
    """A value or an uncertainty too large or too small to be squared."""

    template = (
        "The result of {laboratory}, {value} with u {u}, is beyond the scale of computation; choose another unit."
    )


class NotPositiveUncertainty(ComparisonError):
    """A result without a usable standard uncertainty."""

    template = "The uncertainty of {laboratory} is {u}; give a positive standard uncertainty (k = 1)."


class BadCorrelation(ComparisonError):
    """Correlations that no set of results can have."""

    template = (
        "The correlations given are not possible together; check that each lies between -1 and 1, and that no three "
        "contradict each other."
    )


class NotConsistent(ComparisonError):
    """The weighted mean is refused: the results scatter more than their uncertainties allow."""

    template = (
        "The results are not consistent (chi-squared {chi_squared:.4g} above {limit:.4g}); "
        "use procedure B, or a method that allows for scatter between laboratories."
    )


class UnknownLaboratory(ComparisonError):
    """A laboratory that has no result here."""

    template = "{laboratory} has no result in this comparison; choose one of {known}."


class UnknownMethod(ComparisonError):
    """A method of this name does not exist."""

    template = "There is no method {method}; choose one of {known}."


class UnknownRelease(ComparisonError):
    """A release that the file does not have."""

    template = "There is no release {release}; choose one of {known}."


class NoScatter(ComparisonError):
    """A robust method found no scatter to work with."""

    template = "More than half of the results are identical, so {method} has no scale; use the median."


class DisconnectedLinking(ComparisonError):
    """Comparisons that share no laboratory can't be linked."""

    template = "{first} and {second} share no laboratory, directly or through others; add a linking laboratory."


class BadNumber(ComparisonError):
    """A number that is none, or one that the question can't have."""

    template = "{what} is {value}; it must be {wanted}."


require = Require(BadNumber)
