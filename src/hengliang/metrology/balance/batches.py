"""Batches over nodes: mean, spread and share beyond the limit of all meters of one maker, model and year.

A node of daily data tells nothing of a single meter, yet hundreds of them grade a batch to some hundredths of a
percent. Each node hands over small sums (information and score of its batches' means and spreads), which add: a
round goes once through all nodes, wherever they lie, and a few rounds do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.belief import belief_of
from hengliang.metrology.balance.estimator import estimate
from hengliang.metrology.balance.facts import NodeFacts, node_facts
from hengliang.metrology.balance.hierarchy import pooled
from hengliang.metrology.balance.node import Batch
from hengliang.metrology.balance.propagation import inverse
from hengliang.metrology.balance.slab import Prior
from hengliang.metrology.balance.statistics import NodeStatistics
from hengliang.metrology.balance.verdict import BatchVerdict, Reason, State

ROUNDS = 4  # of Fisher scoring for the spreads
HELD = 10.0  # meters that a spread so far is worth; keeps steps small where little is known
LEAST_SPREAD = 0.0005  # a batch is never more alike than that [fraction]
SURE = 0.95  # probability from which a batch is within or beyond; JCGM 106:2012, 8.3.2
COUNTS = 7


@dataclass(frozen=True, slots=True, eq=False)
class BatchSums:
    """What nodes say of B batches, at given means and spreads; sums of several nodes add."""

    information: Floats
    """(B, B) on the means of δ."""
    score: Floats
    """(B,) information times mean."""
    spread_information: Floats
    """(B, B) on the variances."""
    spread_score: Floats
    """(B,)."""
    counts: Floats
    """(B, 7) meters, nodes, determinable meters, expected meters beyond the limit among all and among these, what
    leaves these unsure, and by the meters of each node the squared common error that its loss may leave."""

    def __add__(self, other: "BatchSums") -> "BatchSums":
        return BatchSums(
            self.information + other.information,
            self.score + other.score,
            self.spread_information + other.spread_information,
            self.spread_score + other.spread_score,
            self.counts + other.counts,
        )


@dataclass(frozen=True, slots=True, eq=False)
class BatchState:
    """Batches so far: what a round begins with."""

    batches: tuple[Batch, ...]
    means: Floats
    """(B,) of δ."""
    spreads: Floats
    """(B,) variances of δ."""

    @classmethod
    def start(cls, batches: Iterable[Batch], prior: Prior) -> "BatchState":
        """Before the first round."""
        known = tuple(sorted(set(batches), key=_order))
        return cls(known, np.zeros(len(known)), np.full(len(known), prior.healthy**2))


Round = Callable[[BatchState], BatchSums]


def evaluate_batches(
    nodes: Sequence[NodeStatistics], *, limit: float, share: float, prior: Prior | None = None
) -> tuple[BatchVerdict, ...]:
    """The verdict on each batch that the nodes' members have; nodes without a master are passed over.

    share : largest part of a batch that may lie beyond the limit
    """
    prior = prior or Prior()
    facts = [node_facts(node, estimate(node, prior), limit) for node in nodes if node.weeks]
    start = BatchState.start((batch for one in facts for batch in one.batches), prior)
    return judge_batches(start, lambda state: sums_of(facts, state, prior), share=share)


def judge_batches(start: BatchState, through: Round, *, share: float) -> tuple[BatchVerdict, ...]:
    """The verdicts, going through all nodes a few times.

    through : gives the sums of all nodes at a state; wherever the nodes lie
    """
    if not start.batches:
        return ()
    state = start
    for _ in range(ROUNDS):
        total = through(state)
        means, covariance = pooled(total.information, total.score, state.batches)
        state = BatchState(state.batches, means, _scored(total, state.spreads))
    return tuple(_verdict(k, state, total, covariance, share) for k in range(len(state.batches)))


def sums_of(facts: Iterable[NodeFacts], state: BatchState, prior: Prior) -> BatchSums:
    """The sums of some nodes."""
    places = {batch: k for k, batch in enumerate(state.batches)}
    b = len(places)
    total = BatchSums(np.zeros((b, b)), np.zeros(b), np.zeros((b, b)), np.zeros(b), np.zeros((b, COUNTS)))
    for one in facts:
        if one.batches:
            _add(total, one, np.array([places[batch] for batch in one.batches]), state, prior)
    return total


def _add(total: BatchSums, facts: NodeFacts, at: np.ndarray, state: BatchState, prior: Prior) -> None:
    """Add what a node says of its batches, which stand at `at`.

    Source: Harville, J. Am. Stat. Assoc. 72 (1977) 320 (likelihood of variance components).
    """
    known = facts.labels >= 0
    own = np.where(known, state.spreads[at][facts.labels], prior.healthy**2)
    precision = facts.share @ (1.0 / np.array([1.0, prior.worn, prior.far]) ** 2)
    precision += facts.share[:, 0] * (1.0 / own - 1.0)
    whole, pulled = _marginal(facts, precision)
    member = np.zeros((len(facts.labels), len(at)))
    member[np.flatnonzero(known), facts.labels[known]] = 1.0
    rest = pulled - whole @ (member @ state.means[at])
    square = np.ix_(at, at)
    total.information[square] += member.T @ whole @ member
    total.score[at] += member.T @ pulled
    total.spread_information[square] += member.T @ whole**2 @ member / 2.0
    total.spread_score[at] += member.T @ (facts.share[:, 0] * (rest**2 - whole.diagonal())) / 2.0
    meters = member.sum(axis=0)
    able, chance = facts.determinable.astype(float), facts.beyond
    sums = member.T @ np.column_stack([able, chance, able * chance, able * chance * (1.0 - chance)])
    total.counts[at] += np.column_stack([meters, meters > 0, sums, meters * facts.mistaken**2])


def _marginal(facts: NodeFacts, precision: Floats) -> tuple[Floats, Floats]:
    """(n, n) information on the meters' means and (n,) score, with their own spread and the master's error."""
    joint = inverse(facts.a / facts.sigma2, precision)
    whole = np.diag(precision) - precision[:, None] * joint * precision
    pulled = precision * (joint @ (facts.b / facts.sigma2))
    row = whole.sum(axis=0)
    damp = 1.0 / (1.0 / max(facts.gauge, LEAST_SPREAD) ** 2 + float(row.sum()))
    return whole - damp * np.outer(row, row), pulled - damp * row * float(pulled.sum())


def _scored(total: BatchSums, spreads: Floats) -> Floats:
    """One step of Fisher scoring, held by the spreads so far as by ten meters measured exactly."""
    held = total.spread_information + np.diag(HELD / (2.0 * spreads**2))
    moved = spreads + np.linalg.solve(held, total.spread_score)
    return np.asarray(np.clip(moved, np.maximum(spreads / 4.0, LEAST_SPREAD**2), spreads * 4.0))


def _verdict(k: int, state: BatchState, total: BatchSums, covariance: Floats, share: float) -> BatchVerdict:
    meters, nodes, able, any_beyond, beyond, unsure, mistaken = total.counts[k].tolist()
    fraction, u_fraction = _fraction(any_beyond / meters, able, beyond, unsure)
    verdict, reason = _state(fraction, u_fraction, int(able), share)
    mean, variance = float(state.means[k]), float(state.spreads[k])
    u_mean = float(np.sqrt(covariance[k, k] + mistaken / meters))
    told = float(total.spread_information[k, k]) + HELD / (2.0 * variance**2)
    u_spread = float(1.0 / np.sqrt(told) / (2.0 * np.sqrt(variance)))
    return BatchVerdict(
        state.batches[k], int(meters), int(nodes), -mean / (1.0 + mean), u_mean,
        float(np.sqrt(variance)), u_spread, fraction, u_fraction, int(able), verdict, reason,
    )  # fmt: skip


def _fraction(of_all: float, able: float, beyond: float, unsure: float) -> tuple[float, float]:
    """Share beyond the limit and its uncertainty: that of so many tested meters, and what their own leaves open."""
    tested = (beyond + 1.0) / (able + 2.0)
    u = float(np.sqrt(tested * (1.0 - tested) / (able + 3.0) + unsure / max(able, 1.0) ** 2))
    return (beyond / able if able else of_all), u


def _state(fraction: float, u: float, able: int, share: float) -> tuple[State, Reason]:
    params = {"limit": share, "fraction": fraction}
    within = belief_of(fraction, u, able).below(share)
    if not able:
        return "undeterminable", Reason("batch_undecided", {**params, "u": u})
    if within >= SURE:
        return "good", Reason("batch_within", params)
    if within <= 1.0 - SURE:
        return "suspect", Reason("batch_beyond", params)
    return "undeterminable", Reason("batch_undecided", {**params, "u": u})


def _order(batch: Batch) -> tuple[str, str, str]:
    return batch.maker, batch.model, batch.year
