"""What the computation refuses, in the reader's words and at the field where it was typed."""

from django.utils.translation import gettext as _

from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.uncertainty.errors import (
    CorrelationError,
    DegreesOfFreedomUnknown,
    InputError,
    ModelError,
    UnitsDoNotFit,
)
from hengliang.metrology.units.errors import UnitError

WORDS = frozenset({"reason", "remedy", "operation", "left", "what"})
FIELDS: tuple[tuple[type[MetrologyError], str], ...] = (
    (ModelError, "model"),
    (CorrelationError, "correlations"),
    (DegreesOfFreedomUnknown, "coverage"),
    (UnitsDoNotFit, "unit"),
    (UnitError, "unit"),
    (InputError, "inputs"),
)


def words_of(error: MetrologyError) -> str:
    """The refusal in the reader's language."""
    params = dict(error.parameters)
    for name in WORDS & params.keys():  # plain words of the package, with their own Chinese
        if isinstance(params[name], str) and params[name]:
            params[name] = _(params[name])
    return _(error.template).format(**params)


def field_of(error: MetrologyError) -> str:
    """The field of the workbench that it speaks of; empty where it is none in particular."""
    return next((field for kind, field in FIELDS if isinstance(error, kind)), "")
