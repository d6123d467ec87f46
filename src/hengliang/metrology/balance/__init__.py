"""Judging the meters of a conservation node by its balance: what flows in is what flows out, is stored or is lost.

`from_registers` makes a node, `statistics` its sums by week, `evaluate` its verdict from those sums alone;
`evaluate_batches` grades makers, models and years over nodes. The model is told in docs/explanation/balance.md.
"""

from hengliang.metrology.balance.batches import BatchState, BatchSums, evaluate_batches, judge_batches, sums_of
from hengliang.metrology.balance.belief import Belief, belief_of
from hengliang.metrology.balance.bulk_trade import Comparison, MeteringPoint, compare_main_check
from hengliang.metrology.balance.closed_form import ClosedForm, closed_form
from hengliang.metrology.balance.domains import DOMAINS, Domain
from hengliang.metrology.balance.errors import (
    BadShape,
    BadStatistics,
    BadValue,
    BalanceError,
    MixedStatistics,
    TooFewTests,
    UnknownDomain,
)
from hengliang.metrology.balance.estimator import Estimate, estimate
from hengliang.metrology.balance.evaluate import evaluate, evaluate_kept, evaluate_network
from hengliang.metrology.balance.facts import NodeFacts, node_facts
from hengliang.metrology.balance.gaps import from_increments, from_registers
from hengliang.metrology.balance.gate import Rule
from hengliang.metrology.balance.lots import LotPlan, LotRule, LotVerdict, Point, judge_lot, plan_lot
from hengliang.metrology.balance.node import Batch, Gauge, LossTerm, Meter, NodeData
from hengliang.metrology.balance.nozzles import Adjustment, one_sided_adjustment
from hengliang.metrology.balance.population import learn_from, learn_prior
from hengliang.metrology.balance.slab import Prior
from hengliang.metrology.balance.statistics import (
    NodeStatistics,
    WeekStatistics,
    between,
    merge,
    statistics,
    without_weeks,
)
from hengliang.metrology.balance.verdict import TEMPLATES, BatchVerdict, MeterVerdict, NodeVerdict, Onset, Reason
from hengliang.metrology.balance.whitening import Whitening
from hengliang.metrology.balance.wire import batch_to_dict, from_bytes, lot_to_dict, to_bytes, verdict_to_dict

__all__ = [
    "DOMAINS",
    "TEMPLATES",
    "Adjustment",
    "BadShape",
    "BadStatistics",
    "BadValue",
    "BalanceError",
    "Batch",
    "BatchState",
    "BatchSums",
    "BatchVerdict",
    "Belief",
    "ClosedForm",
    "Comparison",
    "Domain",
    "Estimate",
    "Gauge",
    "LossTerm",
    "LotPlan",
    "LotRule",
    "LotVerdict",
    "Meter",
    "MeterVerdict",
    "MeteringPoint",
    "MixedStatistics",
    "NodeData",
    "NodeFacts",
    "NodeStatistics",
    "NodeVerdict",
    "Onset",
    "Point",
    "Prior",
    "Reason",
    "Rule",
    "TooFewTests",
    "UnknownDomain",
    "WeekStatistics",
    "Whitening",
    "batch_to_dict",
    "belief_of",
    "between",
    "closed_form",
    "compare_main_check",
    "estimate",
    "evaluate",
    "evaluate_batches",
    "evaluate_kept",
    "evaluate_network",
    "from_bytes",
    "from_increments",
    "from_registers",
    "judge_batches",
    "judge_lot",
    "learn_from",
    "learn_prior",
    "lot_to_dict",
    "merge",
    "node_facts",
    "one_sided_adjustment",
    "plan_lot",
    "statistics",
    "sums_of",
    "to_bytes",
    "verdict_to_dict",
    "without_weeks",
]
