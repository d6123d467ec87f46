"""From the statistics of a node to its verdict, and nothing else: whoever has the statistics gets the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from hengliang.metrology.balance.domains import domain_of
from hengliang.metrology.balance.errors import BadValue
from hengliang.metrology.balance.estimator import Estimate, estimate
from hengliang.metrology.balance.facts import NodeFacts, node_facts
from hengliang.metrology.balance.gate import Judged, Rule, beyond, prior_beyond, state_of
from hengliang.metrology.balance.onset import Step, steps
from hengliang.metrology.balance.slab import Prior
from hengliang.metrology.balance.statistics import NodeStatistics
from hengliang.metrology.balance.topology import Misplaced, misplaced, swapped
from hengliang.metrology.balance.verdict import MeterVerdict, NodeVerdict, Reason, State

OPEN = 3.0  # standard uncertainties of gauge and healthy mean that the meters' common error may reach
LOW, HIGH = 0.025, 0.975
FEWEST_MORE = 2
LEAST_NOISE = 1e-9  # of the variance that the whitening has assumed
LARGE_STEP = 0.05  # of a meter's load; a lesser one does not make a balance scatter
FEW_METERS = 75.0  # in fewer one wrong meter alone can make a balance scatter by more than a sound one does


def evaluate(
    statistics: NodeStatistics, *, limit: float, prior: Prior | None = None, rule: Rule | None = None
) -> NodeVerdict:
    """The verdict on a node and each of its members.

    limit : largest allowed |error| [fraction]; prior : as learnt over a population (`learn_prior`)

    Raises BadValue, UnknownDomain.
    """
    return _evaluate(statistics, limit, prior or Prior(), rule or Rule())[0]


def evaluate_kept(
    statistics: NodeStatistics, *, limit: float, prior: Prior, rule: Rule | None = None
) -> tuple[NodeVerdict, NodeFacts | None]:
    """As `evaluate`, with what is kept of a judged node for prior and batches; one estimate serves both."""
    verdict, _, found = _evaluate(statistics, limit, prior, rule or Rule())
    kept = found is not None and verdict.state == "judged"
    return verdict, node_facts(statistics, found, limit) if kept and found else None


def evaluate_network(
    nodes: Sequence[NodeStatistics], *, limit: float, prior: Prior | None = None, rule: Rule | None = None
) -> tuple[NodeVerdict, ...]:
    """The verdicts on nodes that are neighbours, with the pairs of meters that were swapped between them."""
    judged = [_evaluate(node, limit, prior or Prior(), rule or Rule()) for node in nodes]
    found = {node.node: wrong for node, (_, wrong, _) in zip(nodes, judged, strict=True)}
    members = {node.node: frozenset(m.id for m in node.meters if m.member) for node in nodes}
    pairs = swapped(found, members)
    return tuple(
        _paired(verdict, pairs[verdict.node]) if verdict.node in pairs else verdict for verdict, _, _ in judged
    )


def _paired(verdict: NodeVerdict, pairs: tuple[Reason, ...]) -> NodeVerdict:
    """A node with its swapped pairs said as such, and once."""
    said = {meter for pair in pairs for meter in (pair.params["meter"], pair.params["other"])}
    others = tuple(one for one in verdict.topology if one.params["meter"] not in said)
    why = _all_of(pairs[0])
    meters = tuple(replace(meter, reason=why) for meter in verdict.meters)
    return replace(verdict, topology=pairs + others, reason=pairs[0], meters=meters)


def _all_of(why: Reason) -> Reason:
    """What is said of every meter of a node that can't be judged."""
    return Reason("node_undeterminable", {"why": str(why), "code": why.code, "params": why.params})


def _evaluate(
    statistics: NodeStatistics, limit: float, prior: Prior, rule: Rule
) -> tuple[NodeVerdict, tuple[Misplaced, ...], Estimate | None]:
    if not 0.0 < limit < 1.0:
        raise BadValue(what="the limit", value=limit, expected="a fraction between 0 and 1")
    domain = domain_of(statistics.domain)
    lacking = _lacking(statistics, rule)
    if lacking is not None:
        return _nothing(statistics, lacking), (), None
    found = estimate(statistics, prior)
    if not _sensible(found):
        return _nothing(statistics, Reason("degenerate")), (), None
    wrong = misplaced(statistics, found)
    reasons = tuple(one.reason() for one in wrong)
    trouble = _trouble(wrong, _scattered(found, domain.scatter, [meter.id for meter in statistics.meters])) or _open(
        statistics, found, prior
    )
    if trouble is not None:
        return replace(_nothing(statistics, trouble, found), topology=reasons), wrong, found
    return _judged(statistics, found, limit, prior, rule), (), found


def _lacking(statistics: NodeStatistics, rule: Rule) -> Reason | None:
    """Why the node can't even be estimated."""
    if not statistics.weeks or statistics.inflow_missing >= 1.0:
        return Reason("no_master")
    members = [share for share, meter in zip(statistics.missing, statistics.meters, strict=True) if meter.member]
    if not members:
        return Reason("no_meters")
    share = max(float(np.mean(members)), statistics.inflow_missing)
    if share > rule.missing_node:
        return Reason("node_gaps", {"share": share, "most": rule.missing_node})
    periods = sum(week.periods for week in statistics.weeks)
    losses = len({name for week in statistics.weeks for name in week.columns}) - len(statistics.meters)
    unknowns = len(members) + max(losses, 0)
    if periods < unknowns + FEWEST_MORE:
        return Reason("too_few_periods", {"periods": periods, "unknowns": unknowns})
    if all(week.inflow == 0.0 for week in statistics.weeks):
        return Reason("no_inflow")
    if not sum(week.square for week in statistics.weeks) > 0.0:
        return Reason("degenerate")
    return None


def _sensible(found: Estimate) -> bool:
    """Whether there was any noise to estimate by: readings always have some."""
    seen = found.posterior.marginal
    finite = bool(np.isfinite(seen.mean).all() and np.isfinite(seen.variance).all() and np.isfinite(seen.share).all())
    return finite and found.posterior.sigma2 > LEAST_NOISE and bool(np.isfinite(found.normal.inflow))


def _open(statistics: NodeStatistics, found: Estimate, prior: Prior) -> Reason | None:
    """Whether meters and master differ by more than can be explained."""
    seen = found.posterior.marginal.moments()[0]
    excess = max(found.posterior.prior.mean, float(np.median(seen)), key=abs) - prior.mean
    allowed = OPEN * float(np.hypot(statistics.gauge.standard_uncertainty(), prior.common))
    return Reason("balance_open", {"excess": excess, "allowed": allowed}) if abs(excess) > allowed else None


def _trouble(wrong: tuple[Misplaced, ...], scattered: Reason | None) -> Reason | None:
    """The first thing to set right: in a balance that scatters, foreign meters may only seem so."""
    missing = any(not one.member for one in wrong)
    return wrong[0].reason() if missing or (wrong and scattered is None) else scattered


def _scattered(found: Estimate, scatter: float, names: Sequence[str]) -> Reason | None:
    """Whether more is missing than wrong meters can explain, whose part is the larger the fewer there are."""
    most = scatter * max(1.0, FEW_METERS / len(found.posterior.mean))
    sigma = _sigma(found)
    if sigma <= most:
        return None
    return _stepping(found, names, sigma, most) or Reason("residual_large", {"sigma": sigma, "allowed": most})


def _stepping(found: Estimate, names: Sequence[str], sigma: float, most: float) -> Reason | None:
    """The meter whose error has most surely changed: theft that began, a meter that broke down."""
    surest = max(steps(found).items(), key=lambda one: abs(_change(one[1])) / one[1].onset.u_step, default=None)
    if surest is None or abs(_change(surest[1])) < LARGE_STEP:
        return None
    place, step = surest
    since = datetime.fromtimestamp(step.onset.since, UTC).date().isoformat()
    params = {"sigma": sigma, "allowed": most, "meter": names[found.normal.meters[place]], "since": since}
    return Reason("residual_step", {**params, "step": _change(step)})


def _change(step: Step) -> float:
    return step.onset.after - step.onset.before


def _sigma(found: Estimate) -> float:
    """Scatter of a period that registers don't explain, over the mean inflow."""
    mean = abs(found.normal.inflow) / found.normal.periods
    return float(np.sqrt(found.posterior.sigma2 * found.normal.scatter) / max(mean, np.finfo(float).tiny))


def _nothing(statistics: NodeStatistics, why: Reason, found: Estimate | None = None) -> NodeVerdict:
    """No verdict on any meter of the node."""
    gauge = statistics.gauge.standard_uncertainty()
    reason = _all_of(why)
    meters = tuple(
        MeterVerdict(
            meter.id, "undeterminable", reason, None, None, float(np.hypot(gauge, meter.gauge)), None, None, None
        )
        for meter in statistics.meters
        if meter.member
    )
    sigma = None if found is None else _sigma(found)
    return NodeVerdict(statistics.node, "undeterminable", why, meters, sigma, None, None)


def _judged(statistics: NodeStatistics, found: Estimate, limit: float, prior: Prior, rule: Rule) -> NodeVerdict:
    places = found.normal.meters
    own = np.array([statistics.meters[j].gauge for j in places])
    gauge = np.hypot(statistics.gauge.standard_uncertainty(), own)
    missing = np.array([statistics.missing[j] for j in places])
    judged = Judged(beyond(found, limit, gauge), np.hypot(found.limit, gauge), gauge, found.normal.counted, missing)
    before, changed = prior_beyond(prior, limit), steps(found)
    mean, variance = found.posterior.marginal.moments()
    low, high = found.posterior.marginal.quantile(LOW), found.posterior.marginal.quantile(HIGH)
    meters = []
    for j, place in enumerate(places):
        state, reason = state_of(j, judged, limit, rule, before)
        step = changed.get(j)
        if step is not None and state != "suspect":
            state, reason = _stepped(step, float(gauge[j]), limit, rule, (state, reason))
        reach = float(found.limit[j])
        meters.append(
            MeterVerdict(
                statistics.meters[place].id, state, reason, _error(mean[j]),
                float(np.sqrt(variance[j]) / (1.0 + mean[j]) ** 2), float(gauge[j]), float(judged.beyond[j]),
                (_error(high[j]), _error(low[j])), reach if np.isfinite(reach) else None,
                step.onset if step else None,
            )
        )  # fmt: skip
    # What a meter feeds back is judged by itself, but is no meter of its own.
    told = [meter.state for meter, place in zip(meters, places, strict=True) if statistics.meters[place].sign > 0]
    able = sum(state != "undeterminable" for state in told)
    reason = Reason("judged", {"determinable": able, "meters": len(told)})
    loss = found.loss / found.normal.inflow
    return NodeVerdict(statistics.node, "judged", reason, tuple(meters), _sigma(found), loss, found.inflation)


def _error(delta: float) -> float:
    """The error of a δ; what would take all of its load away counts as the largest that can be written."""
    return float(-delta / max(1.0 + delta, np.finfo(float).eps))


def _stepped(step: Step, gauge: float, limit: float, rule: Rule, so_far: tuple[State, Reason]) -> tuple[State, Reason]:
    """What is said once a step is known: the error since then counts, not the mean."""
    from scipy.special import ndtr

    spread = float(np.hypot(step.u_after, gauge))
    low, high = 1.0 / (1.0 + limit) - 1.0, 1.0 / (1.0 - limit) - 1.0
    probability = float(1.0 - ndtr((high - step.after) / spread) + ndtr((low - step.after) / spread))
    if probability >= rule.suspect and spread <= limit and so_far[1].code in ("within_limit", "undecided"):
        size = step.onset.after - step.onset.before
        return "suspect", Reason("step_beyond", {"step": size, "limit": limit, "probability": probability})
    if so_far[0] == "good" and probability > rule.good:
        return "undeterminable", Reason("undecided", {"limit": limit, "probability": probability})
    return so_far
