"""Batches over nodes: mean, spread and share beyond the limit of all meters of one maker, model and year.

A node of daily data tells nothing of a single meter, yet hundreds of them grade a batch to some hundredths of a
percent. Each node hands over small sums (information and score of its batches' means and spreads), which add.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.estimator import LOSS_MISTAKEN, Estimate, estimate
from hengliang.metrology.balance.gate import beyond
from hengliang.metrology.balance.hierarchy import pooled
from hengliang.metrology.balance.node import Batch
from hengliang.metrology.balance.propagation import inverse
from hengliang.metrology.balance.slab import Prior
from hengliang.metrology.balance.statistics import NodeStatistics
from hengliang.metrology.balance.verdict import BatchVerdict, Reason, State

ROUNDS = 4  # of Fisher scoring for the spreads
HELD = 10.0  # meters that a spread so far is worth; keeps steps small where little is known
LEAST_SPREAD = 0.0005  # a batch is never more alike than that [fraction]
ONE_SIDED = 1.645  # standard uncertainties, 95 % one-sided
ALLOWED_SHARE = 0.05  # of a lot beyond the limit: MessEV (DE) section 35, at least 95 % conform


@dataclass(frozen=True, slots=True, eq=False)
class BatchSums:
    """What a node says of B batches, at given spreads; sums of several nodes add."""

    information: Floats
    """(B, B) on the means of δ."""
    score: Floats
    """(B,) information times mean."""
    spread_information: Floats
    """(B, B) on the variances."""
    spread_score: Floats
    """(B,)."""

    def __add__(self, other: "BatchSums") -> "BatchSums":
        return BatchSums(
            self.information + other.information,
            self.score + other.score,
            self.spread_information + other.spread_information,
            self.spread_score + other.spread_score,
        )


@dataclass(frozen=True, slots=True, eq=False)
class NodeFacts:
    """A node once estimated, as the batches need it."""

    labels: np.ndarray
    """(n,) place of each member's batch, -1 without."""
    a: Floats
    b: Floats
    slab: Floats
    """(n,) probability of not being of the healthy kind."""
    gauge: float
    beyond: Floats
    determinable: np.ndarray
    mistaken: float
    """Common error that the model of the loss may leave in every node alike."""


def evaluate_batches(
    nodes: Sequence[NodeStatistics], *, limit: float, prior: Prior | None = None, share: float = ALLOWED_SHARE
) -> tuple[BatchVerdict, ...]:
    """The verdict on each batch that the nodes' members have; nodes without a master are passed over.

    share : largest part of a batch that may lie beyond the limit
    """
    prior = prior or Prior()
    usable = [node for node in nodes if node.weeks]
    batches = tuple(sorted({m.batch for node in usable for m in node.meters if m.member and m.batch}, key=_order))
    if not batches:
        return ()
    facts = [node_facts(node, estimate(node, prior), batches, limit) for node in usable]
    means, spreads = np.zeros(len(batches)), np.full(len(batches), prior.healthy**2)
    for _ in range(ROUNDS):
        total = _total(facts, means, spreads, prior)
        means, covariance = pooled(total.information, total.score, batches)
        spreads = _scored(total, spreads)
    return tuple(_verdict(k, batch, facts, means, covariance, spreads, limit, share) for k, batch in enumerate(batches))


def node_facts(node: NodeStatistics, found: Estimate, batches: Sequence[Batch], limit: float) -> NodeFacts:
    """What the batches need of a node; its noise variance is taken into a and b."""
    places = {batch: k for k, batch in enumerate(batches)}
    members = [node.meters[j] for j in found.normal.meters]
    labels = np.array([places.get(meter.batch, -1) if meter.batch else -1 for meter in members])
    gauge, sigma2 = node.gauge.standard_uncertainty(), found.posterior.sigma2
    chance = beyond(found, limit, np.full(len(members), gauge))
    able = np.hypot(found.limit, gauge) <= limit
    slab = 1.0 - found.posterior.marginal.share[:, 0]
    mistaken = LOSS_MISTAKEN * abs(found.loss) / max(abs(found.normal.inflow), np.finfo(float).tiny)
    return NodeFacts(labels, found.normal.a / sigma2, found.normal.b / sigma2, slab, gauge, chance, able, mistaken)


def node_sums(facts: NodeFacts, means: Floats, spreads: Floats, prior: Prior) -> BatchSums:
    """The sums of one node at given means and variances (B,) of the batches' δ.

    Source: Harville, J. Am. Stat. Assoc. 72 (1977) 320 (likelihood of variance components).
    """
    known = facts.labels >= 0
    own = np.where(known, spreads[facts.labels], prior.healthy**2)
    precision = (1.0 - facts.slab) / own + facts.slab / prior.worn**2
    joint = inverse(facts.a, precision)
    whole = np.diag(precision) - precision[:, None] * joint * precision
    pulled = precision * (joint @ facts.b)
    row = whole.sum(axis=0)
    damp = 1.0 / (1.0 / max(facts.gauge, LEAST_SPREAD) ** 2 + float(row.sum()))
    whole -= damp * np.outer(row, row)
    pulled = pulled - damp * row * float(pulled.sum())
    member = np.zeros((len(facts.labels), len(means)))
    member[np.flatnonzero(known), facts.labels[known]] = 1.0
    rest = pulled - whole @ (member @ means)
    return BatchSums(
        member.T @ whole @ member,
        member.T @ pulled,
        member.T @ whole**2 @ member / 2.0,
        member.T @ ((1.0 - facts.slab) * (rest**2 - whole.diagonal())) / 2.0,
    )


def _total(facts: Sequence[NodeFacts], means: Floats, spreads: Floats, prior: Prior) -> BatchSums:
    total = node_sums(facts[0], means, spreads, prior)
    for one in facts[1:]:
        total = total + node_sums(one, means, spreads, prior)
    return total


def _scored(total: BatchSums, spreads: Floats) -> Floats:
    """One step of Fisher scoring, held by the spreads so far as by ten meters measured exactly."""
    held = total.spread_information + np.diag(HELD / (2.0 * spreads**2))
    moved = spreads + np.linalg.solve(held, total.spread_score)
    return np.asarray(np.clip(moved, np.maximum(spreads / 4.0, LEAST_SPREAD**2), spreads * 4.0))


def _verdict(
    k: int, batch: Batch, facts: Sequence[NodeFacts], means: Floats, covariance: Floats, spreads: Floats,
    limit: float, share: float,
) -> BatchVerdict:  # fmt: skip
    chances = np.concatenate([one.beyond[one.labels == k] for one in facts])
    able = np.concatenate([one.determinable[one.labels == k] for one in facts])
    seen = Counter(bool((one.labels == k).any()) for one in facts)[True]
    fraction = float(chances.mean())
    u_fraction = float(np.sqrt((fraction * (1.0 - fraction) + 1.0 / len(chances)) / (int(able.sum()) + 1)))
    state, reason = _state(fraction, u_fraction, share)
    mean, model = float(means[k]), float(np.median([one.mistaken for one in facts]))
    return BatchVerdict(
        batch, len(chances), seen, -mean / (1.0 + mean), float(np.hypot(np.sqrt(covariance[k, k]), model)),
        float(np.sqrt(spreads[k])), fraction, u_fraction, state, reason,
    )  # fmt: skip


def _state(fraction: float, u: float, share: float) -> tuple[State, Reason]:
    params = {"limit": share, "fraction": fraction}
    if fraction + ONE_SIDED * u <= share:
        return "good", Reason("batch_within", params)
    if fraction - ONE_SIDED * u > share:
        return "suspect", Reason("batch_beyond", params)
    return "undeterminable", Reason("batch_undecided", {**params, "u": u})


def _order(batch: Batch) -> tuple[str, str, str]:
    return batch.maker, batch.model, batch.year
