"""The year ahead: what falls due, what it asks of verifiers and standards, and the rounds that would meet it."""

from hengliang.platform.verification.forecast.ahead import Ahead, ItemAhead, MonthAhead, look_ahead
from hengliang.platform.verification.forecast.capacity import planned_output
from hengliang.platform.verification.forecast.rounds import ProposedRound, proposed_rounds

__all__ = ["Ahead", "ItemAhead", "MonthAhead", "ProposedRound", "look_ahead", "planned_output", "proposed_rounds"]
