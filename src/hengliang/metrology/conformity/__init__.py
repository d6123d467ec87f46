"""Conformity under uncertainty: probabilities, risks, guard bands and decision rules.

Source: JCGM 106:2012; ILAC-G8:09/2019; ISO 14253-1:2017; JJF 1094-2002.
"""

from hengliang.metrology.conformity.errors import ConformityError
from hengliang.metrology.conformity.interval import Interval
from hengliang.metrology.conformity.risk import (
    GlobalRisks,
    capability_index,
    conformance_probability,
    global_risks,
    guard_band_for_global_risk,
    guard_band_for_specific_risk,
    rejection_limit,
    specific_risk,
)
from hengliang.metrology.conformity.rules import (
    Decision,
    Fail,
    Indeterminate,
    Pass,
    guarded_acceptance,
    iso_14253,
    jjf_1094,
    non_binary,
    probability_rule,
    simple_acceptance,
)

__all__ = [
    "ConformityError",
    "Decision",
    "Fail",
    "GlobalRisks",
    "Indeterminate",
    "Interval",
    "Pass",
    "capability_index",
    "conformance_probability",
    "global_risks",
    "guard_band_for_global_risk",
    "guard_band_for_specific_risk",
    "guarded_acceptance",
    "iso_14253",
    "jjf_1094",
    "non_binary",
    "probability_rule",
    "rejection_limit",
    "simple_acceptance",
    "specific_risk",
]
