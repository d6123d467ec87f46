"""Acceptance sampling: plans of ISO 2859-1, limiting quality, variables (ISO 3951), characteristics.

Source: ISO 2859-1:1999 (GB/T 2828.1-2012), ISO 2859-2:2020, ISO 3951-1:2022 (GB/T 6378.1).
"""

from hengliang.metrology.sampling.characteristics import Characteristic, characteristic, curve
from hengliang.metrology.sampling.combined import CombinedVerdict, judge_combined, share_beyond
from hengliang.metrology.sampling.errors import SamplingError
from hengliang.metrology.sampling.plans import Plan, Stage, single
from hengliang.metrology.sampling.scheme import LotBand, Scheme
from hengliang.metrology.sampling.search import LimitingQualityPlan, limiting_quality_plan, two_point_plan
from hengliang.metrology.sampling.switching import LotOutcome, Series, advance
from hengliang.metrology.sampling.variables import (
    VariablesPlan,
    VariablesVerdict,
    accept_variables,
    judge_variables,
    variables_plan,
)

__all__ = [
    "Characteristic",
    "CombinedVerdict",
    "LimitingQualityPlan",
    "LotBand",
    "LotOutcome",
    "Plan",
    "SamplingError",
    "Scheme",
    "Series",
    "Stage",
    "VariablesPlan",
    "VariablesVerdict",
    "accept_variables",
    "advance",
    "characteristic",
    "curve",
    "judge_combined",
    "judge_variables",
    "limiting_quality_plan",
    "share_beyond",
    "single",
    "two_point_plan",
    "variables_plan",
]
