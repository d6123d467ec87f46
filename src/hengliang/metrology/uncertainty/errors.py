"""What can go wrong with a budget, and what to do about it.

MetrologyError
└── UncertaintyError
    ├── ModelError
    │   ├── FormulaError            the text is not in the grammar
    │   ├── NotTraceable            the function asks for a number while it is traced
    │   ├── InputsMismatch          the model's names and the given inputs differ
    │   ├── NotFiniteAtEstimates    no value or no derivative at the best estimates
    │   ├── SeriesDoesNotHold       the second-order terms outweigh the first
    │   └── OneOutputNeeded         several outputs, and none named
    ├── InputError                  an input record that makes no sense
    ├── CorrelationError
    │   ├── CorrelationNotPositive  no joint distribution has this matrix
    │   └── CorrelationNotDrawable  Monte Carlo can't honour it
    ├── UnitsDoNotFit               the model adds metres to seconds
    ├── DrawsNotFinite              the model leaves its domain at some draws
    ├── TooFewReadings
    ├── DegreesOfFreedomUnknown
    ├── NotReachable                no input uncertainty meets the target
    └── StoredFormError             a stored budget or archive that can't be read
"""

from hengliang.metrology.errors import MetrologyError


class UncertaintyError(MetrologyError):
    """Root of this package's errors."""


class ModelError(UncertaintyError):
    """The measurement model can't be used."""


class FormulaError(ModelError):
    """The text is not in the closed grammar of formulas."""

    template = "{reason} (at {where!r}). A formula holds names, numbers, + - * / ^, ( ) and the known functions."


class NotTraceable(ModelError):
    """The function asked for a number while it was being traced."""

    template = (
        "The model uses {what} on a quantity, which needs its number. Models are traced once, without "
        "numbers: use numpy's functions (np.sin, np.minimum, np.abs) instead of math's, and no if, int() or "
        "comparison."
    )


class InputsMismatch(ModelError):
    """The names in the model and the inputs given differ."""

    template = "Missing inputs: {missing}; inputs that the model does not use: {unused}; named twice: {twice}."


class NotFiniteAtEstimates(ModelError):
    """The model has no finite value or derivative at the estimates of its inputs."""

    template = (
        "The model has no finite {what} at the estimates {estimates}. Check signs and units of the inputs, "
        "or evaluate by Monte Carlo, which needs no derivative."
    )


class SeriesDoesNotHold(ModelError):
    """The second-order terms make the variance negative."""

    template = (
        "With second-order terms the variance of {name} is {variance:.3g}, below zero: the uncertainties are too "
        "large for a series about the estimates. Evaluate by Monte Carlo."
    )


class OneOutputNeeded(ModelError):
    """The model has several outputs and none was named."""

    template = "The model gives {outputs}: name the one you want, as in result[{first!r}]."


class InputError(UncertaintyError):
    """An input record makes no sense."""

    template = "Input {name!r}: {reason}"


class CorrelationError(UncertaintyError):
    """The correlations given can't be used."""

    template = "Correlation of {first!r} and {second!r}: {reason}"


class CorrelationNotPositive(CorrelationError):
    """No joint distribution has this correlation matrix."""

    template = (
        "The correlation matrix is not positive definite (smallest eigenvalue {eigenvalue:.3g}, carried by "
        "{names}). These coefficients contradict each other: estimate them from the same readings, or model "
        "the shared cause as an input of its own."
    )


class CorrelationNotDrawable(CorrelationError):
    """Monte Carlo draws correlated inputs from a joint normal distribution only."""

    template = (
        "{names} are correlated but not normal, so their joint distribution is not determined. Model the "
        "shared cause as an input of its own (JCGM 101, 6.4.8; GUM F.1.2.4), or make them normal."
    )


class UnitsDoNotFit(UncertaintyError):
    """The units of the model don't fit together."""

    template = "{operation}: {left} and {right} do not fit. {remedy}"


class DrawsNotFinite(UncertaintyError):
    """The model gave NaN or infinity at some draws."""

    template = (
        "The model gave no finite value at {count} of {trials} draws, for example at {example}. The inputs "
        "reach outside the model's domain: bound their distributions, or rewrite the model."
    )


class TooFewReadings(UncertaintyError):
    """A Type A evaluation needs more readings."""

    template = "{n} readings are too few for the {method}: take at least {needed}."


class DegreesOfFreedomUnknown(UncertaintyError):
    """Correlated inputs have different finite degrees of freedom."""

    template = (
        "{names} are correlated and their degrees of freedom differ, so Welch-Satterthwaite does not apply: "
        "give k, or evaluate by Monte Carlo."
    )


class NotReachable(UncertaintyError):
    """The other inputs alone exceed the target uncertainty."""

    template = (
        "Without {name!r} the uncertainty is already {rest:.3g}, target {target:.3g}: improve another input first."
    )


class StoredFormError(UncertaintyError):
    """A stored budget or archive can't be read."""

    template = "Stored {what}: {reason}"
