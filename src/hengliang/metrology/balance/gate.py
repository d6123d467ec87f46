"""Who may be judged, and what is said of them: from numbers to good, suspect or undeterminable."""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.estimator import Estimate
from hengliang.metrology.balance.slab import Prior
from hengliang.metrology.balance.verdict import Reason, State

SUSPECT = 0.95  # probability of being beyond the limit from which a meter is suspect (JCGM 106:2012, 8.3.2)
GOOD = 0.01  # and at most for being good; lower than a meter's before any data, which alone must not clear it
MUST_LOWER = 0.5  # the data must have lowered the probability by this factor at least
MISSING_NODE = 0.2  # half of the 40 % of gaps at which no verdict may stand; extension norms ask for 1 %
MISSING_METER = 0.2


@dataclass(frozen=True, slots=True)
class Rule:
    """Where the lines are drawn; an authority may draw them closer."""

    suspect: float = SUSPECT
    good: float = GOOD
    missing_node: float = MISSING_NODE
    missing_meter: float = MISSING_METER


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Arrays over the members of a node."""

    beyond: Floats
    reach: Floats
    """Gauss-Markov limit and gauge together, k = 1."""
    gauge: Floats
    counted: Floats
    missing: Floats


def beyond(estimate: Estimate, limit: float, gauge: Floats) -> Floats:
    """(n,) probability that |error| > limit, the gauge's variance added to the data's."""
    n = len(gauge)
    low, high = 1.0 / (1.0 + limit) - 1.0, 1.0 / (1.0 - limit) - 1.0
    marginal = estimate.posterior.marginal
    inside = marginal.below(np.full(n, high), gauge**2) - marginal.below(np.full(n, low), gauge**2)
    return np.asarray(np.clip(1.0 - inside, 0.0, 1.0))


def prior_beyond(prior: Prior, limit: float) -> float:
    """The probability of being beyond the limit before any data."""
    from scipy.special import ndtr

    share, mean, variance = prior.kinds()
    spread = np.sqrt(variance)
    inside = ndtr((limit - mean) / spread) - ndtr((-limit - mean) / spread)
    return float(1.0 - share @ inside)


def state_of(j: int, judged: Judged, limit: float, rule: Rule, before: float) -> tuple[State, Reason]:
    """What is said of member j. `before` : its probability of being beyond the limit before any data."""
    barred = _barred(j, judged, limit, rule)
    if barred is not None:
        return "undeterminable", barred
    probability = float(judged.beyond[j])
    params = {"limit": limit, "probability": probability}
    if probability >= rule.suspect:
        return "suspect", Reason("beyond_limit", params)
    if probability <= min(rule.good, MUST_LOWER * before):
        return "good", Reason("within_limit", params)
    return "undeterminable", Reason("undecided", params)


def _barred(j: int, judged: Judged, limit: float, rule: Rule) -> Reason | None:
    if judged.counted[j] == 0.0:
        return Reason("no_load")
    if judged.missing[j] > rule.missing_meter:
        return Reason("meter_gaps", {"share": float(judged.missing[j]), "most": rule.missing_meter})
    if judged.gauge[j] > limit:
        return Reason("gauge_exceeds", {"gauge": float(judged.gauge[j]), "limit": limit})
    if not judged.reach[j] <= limit:
        reach = float(judged.reach[j])
        code = "not_identifiable" if np.isfinite(reach) else "not_identifiable_at_all"
        return Reason(code, {"reach": reach, "limit": limit} if np.isfinite(reach) else {})
    return None
