"""Measurement uncertainty by the GUM and its supplements, JJF 1059.1 and JJF 1059.2.

A `Budget` is a model with its inputs; one object gives the law of propagation (first and second order),
Monte Carlo (fixed, adaptive, Sobol), their comparison by clause 8, and the report.

>>> from hengliang.metrology.uncertainty import Budget, quantity
>>> b = Budget("R = V/I", [quantity("V", 5.0, 0.003), quantity("I", 0.0197, 0.00001)])
>>> result = b.first_order()
>>> round(result.value, 2), round(result.u, 2)
(253.81, 0.2)
"""

from hengliang.metrology.uncertainty.archive import archive_from_json, archive_to_json, result_as_input
from hengliang.metrology.uncertainty.batch import Batch, propagate_batch
from hengliang.metrology.uncertainty.bounded import (
    ArcSine,
    CurvilinearTrapezoidal,
    Rectangular,
    Trapezoidal,
    Triangular,
    TwoPoint,
)
from hengliang.metrology.uncertainty.budget import Budget
from hengliang.metrology.uncertainty.clause_8 import Comparison
from hengliang.metrology.uncertainty.coverage import (
    k_arcsine,
    k_normal,
    k_rectangular,
    k_student,
    k_trapezoidal,
)
from hengliang.metrology.uncertainty.distributions import (
    Constant,
    Distribution,
    Exponential,
    Gamma,
    Normal,
    StudentT,
)
from hengliang.metrology.uncertainty.errors import UncertaintyError
from hengliang.metrology.uncertainty.first_order import Contribution, Expanded, FirstOrder, LinearOutput
from hengliang.metrology.uncertainty.inputs import Input, Share, dof_from_reliability, quantity
from hengliang.metrology.uncertainty.interval import coverage_interval, numerical_tolerance
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.uncertainty.monte_carlo import MonteCarlo
from hengliang.metrology.uncertainty.multivariate import Box, Ellipsoid, box, ellipsoid
from hengliang.metrology.uncertainty.report import Report, report
from hengliang.metrology.uncertainty.report_html import report_html
from hengliang.metrology.uncertainty.report_typst import report_typst
from hengliang.metrology.uncertainty.reverse import reduction, required_u
from hengliang.metrology.uncertainty.rounding import (
    round_significant,
    round_to_place,
    round_uncertainty,
    round_value,
)
from hengliang.metrology.uncertainty.second_order import SecondOrder
from hengliang.metrology.uncertainty.simultaneous import Simultaneous, evaluate_each
from hengliang.metrology.uncertainty.sobol import Sobol
from hengliang.metrology.uncertainty.statement import state
from hengliang.metrology.uncertainty.storage import budget_from_json, budget_to_json
from hengliang.metrology.uncertainty.type_a import (
    TypeA,
    autocorrelated,
    bessel,
    correlation_of_means,
    pooled,
    range_method,
    with_known_s,
)

__all__ = [
    "ArcSine",
    "Batch",
    "Box",
    "Budget",
    "Comparison",
    "Constant",
    "Contribution",
    "CurvilinearTrapezoidal",
    "Distribution",
    "Ellipsoid",
    "Expanded",
    "Exponential",
    "FirstOrder",
    "Gamma",
    "Input",
    "LinearOutput",
    "Model",
    "MonteCarlo",
    "Normal",
    "Rectangular",
    "Report",
    "SecondOrder",
    "Share",
    "Simultaneous",
    "Sobol",
    "StudentT",
    "Trapezoidal",
    "Triangular",
    "TwoPoint",
    "TypeA",
    "UncertaintyError",
    "archive_from_json",
    "archive_to_json",
    "autocorrelated",
    "bessel",
    "box",
    "budget_from_json",
    "budget_to_json",
    "correlation_of_means",
    "coverage_interval",
    "dof_from_reliability",
    "ellipsoid",
    "evaluate_each",
    "k_arcsine",
    "k_normal",
    "k_rectangular",
    "k_student",
    "k_trapezoidal",
    "numerical_tolerance",
    "pooled",
    "propagate_batch",
    "quantity",
    "range_method",
    "reduction",
    "report",
    "report_html",
    "report_typst",
    "required_u",
    "result_as_input",
    "round_significant",
    "round_to_place",
    "round_uncertainty",
    "round_value",
    "state",
    "with_known_s",
]
