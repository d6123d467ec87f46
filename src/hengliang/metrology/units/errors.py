"""What can go wrong with units.

MetrologyError
└── UnitError
    ├── UnknownUnit         the text names no unit of the table
    ├── DimensionClash      metres are no seconds
    ├── KindClash           same dimension, another kind of quantity: torque is no energy
    ├── BadValue            what is to be converted is no number, or has no place on the scale
    ├── ScaleClash          °C or dB where only a ratio scale has meaning
    └── NoCode              the unit has no code in the notation asked for
"""

from hengliang.metrology.errors import MetrologyError


class UnitError(MetrologyError):
    """Root of this package's errors."""


class UnknownUnit(UnitError):
    """The text names no unit of the table."""

    template = "No unit {part!r} (in {text!r}). Write it as a symbol (kg/m³), in UCUM (kg.m-3) or D-SI."


class DimensionClash(UnitError):
    """Two units measure different dimensions."""

    template = "{source} ({source_dimension}) can't be converted to {target} ({target_dimension})."


class KindClash(UnitError):
    """Two units share the dimension and measure different kinds of quantity."""

    template = (
        "{source} measures {source_kind}, {target} measures {target_kind}: the dimension is the same, the "
        "quantity is not. If you mean it, convert through the base units."
    )


class BadValue(UnitError):
    """What is to be converted is no number, or has no place on the scale."""

    template = "{value} {source} can't be given in {target}: {reason}."


class ScaleClash(UnitError):
    """An interval or logarithmic scale where only a ratio scale has meaning."""

    template = "{unit} is {scale} scale: {reason}"


class NoCode(UnitError):
    """The unit has no code in the notation asked for."""

    template = "{unit} has no {notation} code; convert it to {instead} first."
