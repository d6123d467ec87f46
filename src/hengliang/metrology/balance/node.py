"""What is known of one conservation node: its meters, what flowed in, what is lost, how finely all was read."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.errors import BadShape, BadValue


@dataclass(frozen=True, slots=True)
class Batch:
    """What a meter shares with others: maker, model and year (any of them may be empty)."""

    maker: str
    model: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """One meter of a node, or of its neighbourhood."""

    id: str
    resolution: float
    """Smallest step of the register as it was transmitted [unit of the node]."""
    sign: int = 1
    """1: what it counts leaves the node; -1: it feeds the node (photovoltaics fed back)."""
    member: bool = True
    """False: a candidate of the neighbourhood, not in the sum, tested for belonging here."""
    batch: Batch | None = None
    gauge: float = 0.0
    """Own uncertainty that no balance can lessen, e.g. of a charging pile's efficiency [fraction, k = 1]."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """Systematic parts that all meters of the node share and a balance can't see [fractions, limits of error].

    Source: JJF 1059.1-2012, 4.3.3 (rectangular between the limits of a class).
    """

    master: float
    """Limit of error of the master meter (class 0.5S: 0.005)."""
    transformers: float = 0.0
    """Limit of error of its current and voltage transformers together."""
    loss: float = 0.0
    """Half width of what a loss proportional to the load may be mistaken by."""

    def standard_uncertainty(self) -> float:
        """Combined standard uncertainty, k = 1 [fraction]."""
        return float(np.sqrt((self.master**2 + self.transformers**2 + self.loss**2) / 3.0))


@dataclass(frozen=True, slots=True, eq=False)
class LossTerm:
    """One way in which quantity leaves the node unmetered: loss = coefficient(t) * values."""

    name: str
    values: Floats
    """(T,) regressor: ones for a fixed loss, the integral of squared power for that of the wires."""
    varying: bool = False
    """Whether the coefficient may drift: then it is piecewise linear with a knot at each change of week."""


@dataclass(frozen=True, slots=True, eq=False)
class Guesses:
    """Where the division of what a meter counted was guessed, and how far off that may be."""

    meter: NDArray[np.int64]
    """(g,) place of the meter."""
    place: NDArray[np.int64]
    """(g,) boundary or period."""
    variance: Floats
    """(g,) [unit squared]."""
    shared: NDArray[np.bool_]
    """(g,) whether it stands at a boundary, in two periods with opposite signs, or in one period alone."""

    @classmethod
    def none(cls) -> "Guesses":
        """No guess."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, bool))


@dataclass(frozen=True, slots=True, eq=False)
class NodeData:
    """A node over T periods of equal length, all quantities in one unit, no value missing.

    `from_registers` and `from_increments` (gaps.py) make one from what was collected, fill what is missing
    and charge the uncertainty of the filling to `boundary_variance` and `period_variance`.
    """

    node: str
    domain: str
    start: int
    """First boundary, seconds since 1970-01-01T00:00Z."""
    period: int
    """Length of a period [s]."""
    meters: tuple[Meter, ...]
    increments: Floats
    """(n, T) what each meter counted in each period; 0 while it did not hang here."""
    inflow: Floats | None
    """(T,) what the masters counted, less the rise of the stock; None: there is no master."""
    losses: tuple[LossTerm, ...]
    gauge: Gauge
    boundary_variance: Floats
    """(T + 1,) variance of all registers (and stock) together at each boundary [unit squared]."""
    period_variance: Floats
    """(T,) variance known beforehand that belongs to a period alone: interval data that were filled."""
    missing: Floats
    """(n,) share of each meter's readings that was missing."""
    inflow_missing: float = 0.0
    covered: tuple[tuple[int, int], ...] = field(default=())
    """Per meter: first and one past the last period in which it hung here; empty: all of them, always."""
    guesses: Guesses = field(default_factory=Guesses.none)
    """What of the variances is the meters' own: an error of a column, which would pull its δ down."""
    late: float = 0.0
    """Standard uncertainty of a meter's clock [periods]; it is such an error too."""

    def __post_init__(self) -> None:
        n, t = len(self.meters), self.increments.shape[-1]
        self._shape("increments", self.increments, (n, t))
        self._shape("boundary_variance", self.boundary_variance, (t + 1,))
        self._shape("period_variance", self.period_variance, (t,))
        self._shape("missing", self.missing, (n,))
        if self.inflow is not None:
            self._shape("inflow", self.inflow, (t,))
        for term in self.losses:
            self._shape(f"loss {term.name}", term.values, (t,))
        if self.covered and len(self.covered) != n:
            raise BadShape(node=self.node, what="covered", shape=(len(self.covered),), expected=(n,))
        if self.period <= 0:
            raise BadValue(what="the period", value=self.period, expected="a positive number of seconds")

    def _shape(self, what: str, array: Floats, expected: tuple[int, ...]) -> None:
        if array.shape != expected:
            raise BadShape(node=self.node, what=what, shape=array.shape, expected=expected)

    @property
    def periods(self) -> int:
        """T."""
        return int(self.increments.shape[1])
