"""Judging the meters of a conservation node by its balance: what flows in is what flows out, is stored or is lost."""

from hengliang.metrology.balance.errors import BalanceError
from hengliang.metrology.balance.estimator import Estimate, estimate
from hengliang.metrology.balance.evaluate import evaluate, evaluate_network
from hengliang.metrology.balance.gaps import from_increments, from_registers
from hengliang.metrology.balance.gate import Rule
from hengliang.metrology.balance.node import Batch, Gauge, LossTerm, Meter, NodeData
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
