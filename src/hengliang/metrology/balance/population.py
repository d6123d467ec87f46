"""What a utility's meters are like: the prior learnt over many nodes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hengliang.metrology.balance.estimator import MOST_ROUNDS, ROUNDS_AFTER, estimate
from hengliang.metrology.balance.facts import NodeFacts, node_facts
from hengliang.metrology.balance.propagation import Posterior, propagate, start_sites
from hengliang.metrology.balance.slab import Prior, Tilted, learn
from hengliang.metrology.balance.statistics import NodeStatistics

ROUNDS = 3  # of EM over all nodes; shares and spreads then move by less than their own uncertainty
FIRM = 1e6  # counts with which a node may not move the prior by itself while it is learnt
ANY_LIMIT = 0.02  # facts state a probability beyond some limit; nothing that is learnt depends on it


def learn_prior(nodes: Sequence[NodeStatistics], base: Prior | None = None) -> Prior:
    """The prior that fits all nodes together; nodes without a master are passed over.

    base : what to begin with, and what holds where the nodes tell little

    Source: empirical Bayes, Efron and Morris, J. Am. Stat. Assoc. 68 (1973) 117.
    """
    base = base or Prior()
    usable = [node for node in nodes if node.weeks]
    return learn_from([node_facts(node, estimate(node, base), ANY_LIMIT) for node in usable], base)


def learn_from(nodes: Sequence[NodeFacts], base: Prior | None = None) -> Prior:
    """As `learn_prior`, from what was kept of nodes."""
    base = base or Prior()
    prior = base
    for _ in range(ROUNDS if nodes else 0):
        held = replace(prior, count=FIRM, spread_count=FIRM)
        found = [_again(node, held) for node in nodes]
        means = np.array([one.prior.mean for one in found])
        seen = [_centred(one) for one in found]
        together = Tilted(*(np.concatenate(parts) for parts in zip(*seen, strict=True)))
        learnt = learn(replace(prior, mean=0.0), together, replace(base, mean=0.0))
        common = float(np.sqrt((means.var() * len(means) + base.common**2) / (len(means) + 1.0)))
        prior = replace(learnt, mean=float(means.sum() / (len(means) + 1.0)), common=common)
    return replace(prior, count=base.count, spread_count=base.spread_count)


def _again(node: NodeFacts, prior: Prior) -> Posterior:
    """The posterior of a node under another prior, its inflation kept."""
    start = start_sites(prior, len(node.b))
    first = propagate(
        node.a, node.b, node.square, node.free, prior,
        prior=prior, sigma2=node.sigma2 / node.inflation, sites=start, most=MOST_ROUNDS,
    )  # fmt: skip
    return propagate(
        node.a, node.b, node.square, node.free, prior,
        prior=first.prior, sigma2=first.sigma2 * node.inflation, sites=first.sites, most=ROUNDS_AFTER, fixed=True,
    )  # fmt: skip


def _centred(found: Posterior) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    seen, mean = found.marginal, found.prior.mean
    return seen.share, seen.mean - np.array([mean, mean, 0.0]), seen.variance
