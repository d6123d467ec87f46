"""What is kept of a node for what is learnt over many: its equations without losses, and what its estimate said.

A hundredth of the statistics of its weeks, so that thousands of nodes can be gone through again and again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.estimator import Estimate, mistaken_loss
from hengliang.metrology.balance.gate import beyond
from hengliang.metrology.balance.node import Batch
from hengliang.metrology.balance.statistics import NodeStatistics


@dataclass(frozen=True, slots=True, eq=False)
class NodeFacts:
    """A node once estimated."""

    batches: tuple[Batch, ...]
    """The batches of its members."""
    labels: NDArray[np.int64]
    """(n,) place of each member's batch in `batches`, -1 without."""
    a: Floats
    b: Floats
    square: float
    free: float
    sigma2: float
    """Noise variance as the estimate found it, inflated."""
    inflation: float
    share: Floats
    """(n, 3) probability of each kind: healthy, worn, far off."""
    gauge: float
    beyond: Floats
    """(n,) probability of being beyond the limit, the gauge included."""
    determinable: NDArray[np.bool_]
    mistaken: float
    """Common error that the model of the loss may leave in every node alike."""


def node_facts(node: NodeStatistics, found: Estimate, limit: float) -> NodeFacts:
    """What is kept of a node and its estimate."""
    members = [node.meters[j] for j in found.normal.meters]
    batches = tuple(dict.fromkeys(meter.batch for meter in members if meter.batch))
    places = {batch: k for k, batch in enumerate(batches)}
    labels = np.array([places[meter.batch] if meter.batch else -1 for meter in members], dtype=np.int64)
    gauge = node.gauge.standard_uncertainty()
    return NodeFacts(
        batches, labels, found.normal.a, found.normal.b, found.normal.square, found.normal.free,
        found.posterior.sigma2, found.inflation, found.posterior.marginal.kinds, gauge,
        beyond(found, limit, np.full(len(members), gauge)), np.hypot(found.limit, gauge) <= limit,
        mistaken_loss(found.normal, found.loss),
    )  # fmt: skip
