"""Batches over all nodes of a store: rounds through what was kept of them, partition by partition."""

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengliang.metrology.balance import Batch, BatchState, BatchSums, Prior, batch_to_dict, judge_batches, sums_of
from hengliang.readings.evaluation.blas import one_thread
from hengliang.readings.evaluation.engines import Spread
from hengliang.readings.evaluation.facts_file import read_facts


@dataclass(frozen=True, slots=True)
class Pass:
    """One partition of one round."""

    facts: str
    state: BatchState
    prior: Prior


def batches_of(facts: Sequence[Path], prior: Prior, share: float, spread: Spread) -> list[dict[str, Any]]:
    """The verdict on every batch, as JSON; none where no meter's maker, model or year is known.

    facts : files of the partitions; share : largest part of a batch that may lie beyond the limit
    """
    one_thread()
    known: set[Batch] = set().union(*spread(_named, [str(path) for path in facts]))

    def through(state: BatchState) -> BatchSums:
        """One pass over all partitions under the given state of the batches."""
        parts = spread(sums_of_partition, [Pass(str(path), state, prior) for path in facts])
        # One after the other in the partitions' order: sums of floats depend on it.
        total: BatchSums = functools.reduce(operator.add, parts)
        return total

    return [batch_to_dict(one) for one in judge_batches(BatchState.start(known, prior), through, share=share)]


def sums_of_partition(one: Pass) -> BatchSums:
    """What the nodes of a partition say of the batches. Raises PartitionFailed."""
    one_thread()
    return sums_of(read_facts(Path(one.facts)), one.state, one.prior)


def _named(path: str) -> set[Batch]:
    return {batch for one in read_facts(Path(path)) for batch in one.batches}
