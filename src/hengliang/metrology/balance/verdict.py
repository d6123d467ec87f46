"""What is said of a meter, a node and a batch, and why, in words that can be translated."""

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from hengliang.metrology.balance.belief import belief_of
from hengliang.metrology.balance.node import Batch

State = Literal["good", "suspect", "undeterminable"]
LotState = Literal["accept", "reject", "undeterminable"]
K95 = 1.96  # GUM, G.1.3: 95 % of a normal law


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code and the parameters of its template (`TEMPLATES`)."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """English sentence with fields, to be translated and then filled with `params`."""
        return TEMPLATES[self.code]

    def __str__(self) -> str:
        return self.template.format(**self.params)


@dataclass(frozen=True, slots=True)
class Onset:
    """Since when a meter has a different error."""

    since: int
    """Most probable change, seconds since 1970-01-01T00:00Z."""
    earliest: int
    latest: int
    """95 % of the probability lies between."""
    before: float
    after: float
    """Error before and after [fractions]."""
    u_step: float
    """Standard uncertainty of the step [fraction]."""


@dataclass(frozen=True, slots=True)
class MeterVerdict:
    """One meter over the whole span. Errors are (indicated - true) / true: a slow meter is negative."""

    meter: str
    state: State
    reason: Reason
    error: float | None
    """Posterior mean [fraction]; None where nothing can be said (no master, wrong topology)."""
    u_stat: float | None
    """Posterior standard uncertainty from the data alone, without the gauge [fraction]."""
    u_gauge: float
    """Standard uncertainty common to the node, which no amount of data lessens [fraction]."""
    probability_beyond: float | None
    """Probability that |error| exceeds the limit, both uncertainties included."""
    interval: tuple[float, float] | None
    """Central 95 % of the posterior, statistical part [fractions]."""
    limit_stat: float | None
    """Gauss-Markov limit: the least standard uncertainty of any unbiased estimate [fraction]; None: infinite."""
    onset: Onset | None = None


@dataclass(frozen=True, slots=True)
class NodeVerdict:
    """One node."""

    node: str
    state: Literal["judged", "undeterminable"]
    reason: Reason
    meters: tuple[MeterVerdict, ...]
    sigma: float | None
    """Residual per period over the mean inflow [fraction]."""
    loss: float | None
    """Loss as fitted over the whole inflow [fraction]."""
    inflation: float | None
    """By what the variance was inflated after holding it against the scatter between weeks."""
    topology: tuple[Reason, ...] = ()
    """What the topology check found."""


@dataclass(frozen=True, slots=True)
class BatchVerdict:
    """All meters of a batch over all nodes."""

    batch: Batch
    meters: int
    nodes: int
    mean: float
    """Mean error [fraction]."""
    u_mean: float
    """Its standard uncertainty, masters' errors included [fraction]."""
    spread: float
    """Standard deviation of the errors of the batch's healthy meters [fraction]."""
    u_spread: float
    fraction_beyond: float
    """Expected share of the determinable meters beyond the limit; where there is none, of all by the prior."""
    u_fraction: float
    determinable: int
    """Meters within reach of the data; the share rests on them."""
    state: State
    reason: Reason

    @property
    def mean_interval(self) -> tuple[float, float]:
        """95 % of the mean [fractions]."""
        return self.mean - K95 * self.u_mean, self.mean + K95 * self.u_mean

    @property
    def spread_interval(self) -> tuple[float, float]:
        """95 % of the spread [fractions], of its logarithm, since it can't be negative."""
        factor = math.exp(K95 * self.u_spread / self.spread)
        return self.spread / factor, self.spread * factor

    @property
    def fraction_interval(self) -> tuple[float, float]:
        """95 % of the share beyond the limit."""
        low, high = belief_of(self.fraction_beyond, self.u_fraction, self.determinable).interval
        return min(low, self.fraction_beyond), max(high, self.fraction_beyond)


TEMPLATES: dict[str, str] = {
    # meters
    "within_limit": "The error lies within ±{limit:.2%}; the probability of being beyond is {probability:.2%}.",
    "beyond_limit": "The error lies beyond ±{limit:.2%} with a probability of {probability:.2%}: replace or test it.",
    "undecided": "The probability of being beyond ±{limit:.2%} is {probability:.2%}: neither high nor low enough.",
    "not_identifiable": (
        "These data can't tell this meter's error to better than ±{reach:.2%} (k = 1), and the tolerance is "
        "±{limit:.2%}: shorter periods, more weeks or finer registers are needed."
    ),
    "step_beyond": (
        "The error changed by {step:.2%}; since then it lies beyond ±{limit:.2%} with a probability of "
        "{probability:.2%}: replace or test it."
    ),
    "not_identifiable_at_all": (
        "These data can't tell this meter's error at all: too few periods, or its load runs as that of others does."
    ),
    "gauge_exceeds": (
        "Master meter, transformers and loss leave ±{gauge:.2%} (k = 1) open, which exceeds ±{limit:.2%}: "
        "a better master is needed."
    ),
    "no_load": "The meter counted nothing in this time: nothing can be said of its error.",
    "meter_gaps": "{share:.0%} of this meter's readings are missing, {most:.0%} are allowed: collect them first.",
    # nodes
    "judged": "{determinable} of {meters} meters can be judged.",
    "node_undeterminable": "The node can't be judged, so none of its meters can: {why}",
    "no_master": "The node has no master meter, or its readings are missing.",
    "no_meters": "No meter hangs behind the node's master: list them first.",
    "degenerate": (
        "The balance closes to the last digit, or the loads never change: these numbers were computed from each other "
        "or made up, not read from meters."
    ),
    "no_inflow": "The master counted nothing in this time: there is nothing to balance.",
    "node_gaps": "{share:.0%} of the node's readings are missing, {most:.0%} are allowed: repair the collection.",
    "too_few_periods": "{periods} periods for {unknowns} unknowns leave nothing to judge by: wait or read more often.",
    "balance_open": (
        "The meters together differ from the master by {excess:.2%} of the load, {allowed:.2%} can be explained: "
        "an unknown consumer, theft or a wrong master."
    ),
    "residual_large": (
        "The balance scatters by {sigma:.2%} per period, {allowed:.2%} can be explained: topology, clocks or master "
        "are wrong."
    ),
    "residual_step": (
        "The balance scatters by {sigma:.2%} per period, {allowed:.2%} can be explained. Look first at meter {meter}: "
        "from about {since} on its error is another by {step:+.0%}, which would explain most."
    ),
    "foreign_meter": (
        "Meter {meter} does not hang on this node: its load never passes the master (coefficient {value:.2f})."
    ),
    "missing_meter": "Meter {meter} hangs on this node, though it is listed elsewhere (coefficient {value:.2f}).",
    "swapped_meters": "Meters {meter} and {other} are listed at each other's node ({node} and {elsewhere}).",
    # batches
    "batch_within": "At most {limit:.1%} of the batch may lie beyond the limit; {fraction:.2%} is expected.",
    "batch_beyond": (
        "{fraction:.2%} of the batch is expected beyond the limit, more than {limit:.1%}: withdraw or sample."
    ),
    "batch_undecided": "The share beyond the limit, {fraction:.2%} ± {u:.2%}, can't be told from {limit:.1%}: sample.",
    # lots
    "lot_accept": (
        "{beyond} of {n} sampled meters lie beyond the limit; the probability that more than {limit:.1%} of the lot "
        "do is {probability:.2%}: the lot may stay."
    ),
    "lot_reject": (
        "{beyond} of {n} sampled meters lie beyond the limit; the probability that more than {limit:.1%} of the lot "
        "do is {probability:.2%}: replace the lot."
    ),
    "lot_undeterminable": (
        "{beyond} of {n} sampled meters lie beyond the limit; with a probability of {probability:.2%} more than "
        "{limit:.1%} of the lot do, which decides nothing: draw more."
    ),
    "lot_contradiction": (
        "{beyond} of {n} sampled meters lie beyond the limit, which the balance of the lot does not let one expect: it "
        "is set aside. Find out why, and draw the full sample."
    ),
    "lot_sample_small": "{n} meters are too few, whatever they show: at least {least} must be drawn.",
    # nozzles
    "one_sided": "{positive} of {nozzles} nozzles favour the seller, by {mean:.3%} on average: have them readjusted.",
    "both_sided": "The nozzles scatter to both sides; their mean is {mean:.3%} of a limit of {limit:.2%}.",
    "nozzles_too_uncertain": "What all nozzles share is too uncertain to tell their mean for a limit of {limit:.2%}.",
    # main and check
    "check_agrees": "Main and check differ by {difference:.3%} ± {reach:.3%}, within {limit:.2%}.",
    "check_disagrees": "Main and check differ by {difference:.3%} ± {reach:.3%}, beyond {limit:.2%}: test both.",
    "check_undecided": "Main and check differ by {difference:.3%} ± {reach:.3%}: too near to {limit:.2%} to decide.",
    "check_too_uncertain": "The difference of main and check is known to ±{reach:.3%} only, the limit is {limit:.2%}.",
    "check_drifts": "Main and check drifted apart by {drift:.3%} (probability by chance {probability:.2%}).",
    "no_energy": "The check set counted nothing in this time.",
}
