"""Sufficient statistics of a node: all that its verdict needs, added up by week, without the readings.

Weeks begin on Monday 00:00 local time of the node's clock offset and are whitened each by itself, so statistics
of different weeks add exactly; a late correction recomputes one week.
"""

from dataclasses import dataclass

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.node import Gauge, Meter, NodeData


@dataclass(frozen=True, slots=True)
class Whitening:
    """How periods were weighed before being added: variances relative to one unknown sigma squared.

    Variance of period t: white + proportional * squared load loss share, plus register noise at its two boundaries, all over `sigma2`.
    """

    white: float
    """Variance of a period that is the same always [unit squared]."""
    load: float
    """Variance per squared value of the first varying loss term [dimension as needed]."""


@dataclass(frozen=True, slots=True, eq=False)
class WeekStatistics:
    """One week of a node, whitened and added up."""

    week: int
    """Weeks since Monday 1970-01-05."""
    columns: tuple[str, ...]
    """Names of the columns: meter ids, then loss terms ("loss:<name>" or "loss:<name>@<knot week>")."""
    gram: Floats
    """(m, m) XᵀX of whitened columns."""
    moment: Floats
    """(m,) Xᵀr of the whitened residual inflow - sum of members."""
    square: float
    """rᵀr."""
    trace: float
    """Trace of the register covariance of unit resolution after whitening: corrects for the columns' own noise."""
    periods: int
    counted: Floats
    """(m,) sum of each column before whitening."""
    inflow: float
    logdet: float
    """Logarithm of the determinant of the whitening covariance."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeStatistics:
    """All weeks of a node, with what describes it."""

    node: str
    domain: str
    period: int
    meters: tuple[Meter, ...]
    gauge: Gauge
    whitening: Whitening
    missing: tuple[float, ...]
    """Per meter: share of missing readings."""
    inflow_missing: float
    weeks: tuple[WeekStatistics, ...]


def statistics(data: NodeData, whitening: Whitening | None = None) -> NodeStatistics:
    """The statistics of all weeks that `data` touches.

    whitening : as chosen earlier for this node; None: chosen from these data
    """
    raise NotImplementedError


def merge(parts: list[NodeStatistics]) -> NodeStatistics:
    """Statistics of one node over different weeks as one. Raises MixedStatistics."""
    raise NotImplementedError


def to_bytes(statistics: NodeStatistics) -> bytes:
    """Canonical bytes; equal statistics give equal bytes."""
    raise NotImplementedError


def from_bytes(data: bytes) -> NodeStatistics:
    """The statistics in `data`. Raises BadStatistics."""
    raise NotImplementedError
