"""What a utility's meters are like: the prior learnt over many nodes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hengliang.metrology.balance.estimator import Estimate, estimate
from hengliang.metrology.balance.slab import Prior, Tilted, learn
from hengliang.metrology.balance.statistics import NodeStatistics

ROUNDS = 3  # of EM over all nodes; shares and spreads then move by less than their own uncertainty
FIRM = 1e6  # counts with which a node may not move the prior by itself while it is learnt


def learn_prior(nodes: Sequence[NodeStatistics], base: Prior | None = None) -> Prior:
    """The prior that fits all nodes together; nodes without a master are passed over.

    base : what to begin with, and what holds where the nodes tell little

    Source: empirical Bayes, Efron and Morris, J. Am. Stat. Assoc. 68 (1973) 117.
    """
    base = base or Prior()
    usable = [node for node in nodes if node.weeks]
    prior = base
    for _ in range(ROUNDS if usable else 0):
        held = replace(prior, count=FIRM, spread_count=FIRM)
        found = [estimate(node, held) for node in usable]
        means = np.array([one.posterior.prior.mean for one in found])
        seen = [_centred(one) for one in found]
        together = Tilted(*(np.concatenate(parts) for parts in zip(*seen, strict=True)))
        learnt = learn(replace(prior, mean=0.0), together, replace(base, mean=0.0))
        common = float(np.sqrt((means.var() * len(means) + base.common**2) / (len(means) + 1.0)))
        prior = replace(learnt, mean=float(means.sum() / (len(means) + 1.0)), common=common)
    return replace(prior, count=base.count, spread_count=base.spread_count)


def _centred(found: Estimate) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    seen, mean = found.posterior.marginal, found.posterior.prior.mean
    return seen.share, seen.mean - np.array([mean, mean, 0.0]), seen.variance
