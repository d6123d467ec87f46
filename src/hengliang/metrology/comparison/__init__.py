"""Comparisons between laboratories: reference values, degrees of equivalence, scores, drift, linking.

Source: JJF 1117-2010; ISO 13528:2022; CIPM MRA; Cox, Metrologia 39 (2002) 589.
"""

from hengliang.metrology.comparison.drift import Drift, artefact_drift, corrected
from hengliang.metrology.comparison.equivalence import Degree, bilateral, unilateral
from hengliang.metrology.comparison.errors import ComparisonError
from hengliang.metrology.comparison.linking import Linked, Reading, link
from hengliang.metrology.comparison.methods import METHODS, reference_value
from hengliang.metrology.comparison.monte_carlo import ProcedureB, cox_b
from hengliang.metrology.comparison.results import ReferenceValue, Result
from hengliang.metrology.comparison.scores import Score, e_z, en, needs_z_prime, z, z_prime, zeta

__all__ = [
    "METHODS",
    "ComparisonError",
    "Degree",
    "Drift",
    "Linked",
    "ProcedureB",
    "Reading",
    "ReferenceValue",
    "Result",
    "Score",
    "artefact_drift",
    "bilateral",
    "corrected",
    "cox_b",
    "e_z",
    "en",
    "link",
    "needs_z_prime",
    "reference_value",
    "unilateral",
    "z",
    "z_prime",
    "zeta",
]
