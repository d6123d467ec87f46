"""What can go wrong when a node is balanced.

BalanceError
├── BadShape          arrays of a node that don't fit each other
├── BadValue          a number that has no meaning here
├── MixedStatistics   statistics that may not be added
├── BadStatistics     bytes that are not statistics
├── TooFewTests       a test without enough measurements
└── UnknownDomain     a domain without a model

A node that can't be judged is no error: its verdict is *undeterminable*, with the reason.
"""

from hengliang.metrology.errors import MetrologyError


class BalanceError(MetrologyError):
    """A balance without an answer."""


class BadShape(BalanceError):
    """Arrays of a node that don't fit each other."""

    template = "{what} of node {node} has shape {shape}, {expected} is needed; cut all to the same periods and meters."


class BadValue(BalanceError):
    """A number that has no meaning here."""

    template = "{what} is {value}; it must be {expected}."


class MixedStatistics(BalanceError):
    """Statistics that may not be added."""

    template = "Statistics of node {node} differ in {what}; compute both from the readings with the same settings."


class BadStatistics(BalanceError):
    """Bytes that are not statistics of a node."""

    template = "These bytes are no statistics of a node: {why}; write them again from the readings."


class TooFewTests(BalanceError):
    """A test without enough measurements."""

    template = "{n} measurements are too few for this test; take at least {needed}."


class UnknownDomain(BalanceError):
    """A domain without a model."""

    template = "There is no balance model for {name}; choose one of {known}."
