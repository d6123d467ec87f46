"""Judging the meters of a conservation node by its balance: what flows in is what flows out, is stored or is lost."""

from hengliang.metrology.balance.gaps import from_increments, from_registers
from hengliang.metrology.balance.node import Batch, Gauge, LossTerm, Meter, NodeData
from hengliang.metrology.balance.statistics import NodeStatistics, statistics
