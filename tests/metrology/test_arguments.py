"""No verdict and no figure comes out of NaN, an infinity, a word or a number that the question can't have."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

from hengliang.metrology import comparison, conformity, control_chart, intervals, regression, sampling, survival
from hengliang.metrology import standard_examination as examination
from hengliang.metrology import uncertainty as gum
from hengliang.metrology.arguments import LARGEST, Require
from hengliang.metrology.conformity.errors import BadNumber
from hengliang.metrology.errors import MetrologyError

TOLERANCE = conformity.Interval(9.0, 11.0)
GROUPS = [[1.0, 2.0, 3.0], [2.0, 3.0, 4.0], [1.0, 3.0, 2.0]]
X, Y = [1.0, 2.0, 3.0, 4.0], [1.0, 2.1, 2.9, 4.0]
S_PLAN, SIGMA_PLAN = sampling.VariablesPlan(5, 1.5, "s"), sampling.VariablesPlan(5, 1.5, "sigma")


class Case(NamedTuple):
    """A computation, arguments with which it works, and those of them that may be infinite."""

    function: Callable[..., Any]
    arguments: dict[str, Any]
    infinite: tuple[str, ...] = ()


CASES = [
    Case(comparison.en, {"x": 10.2, "expanded_u": 0.3, "reference": 10.0, "expanded_u_reference": 0.4}),
    Case(comparison.z, {"x": 1.0, "reference": 2.0, "sd": 0.5}),
    Case(comparison.z_prime, {"x": 1.0, "reference": 2.0, "sd": 0.5, "u_reference": 0.1}),
    Case(comparison.zeta, {"x": 1.0, "u": 0.1, "reference": 2.0, "u_reference": 0.5}),
    Case(comparison.e_z, {"x": 10.2, "expanded_u": 0.3, "reference": 10.0, "expanded_u_reference": 0.4}),
    Case(comparison.needs_z_prime, {"sd": 0.1, "u_reference": 0.2}),
    Case(
        conformity.conformance_probability,
        {"y": 10.0, "u": 0.5, "tolerance": TOLERANCE, "degrees_of_freedom": 5.0},
        infinite=("degrees_of_freedom",),
    ),
    Case(conformity.capability_index, {"tolerance": TOLERANCE, "u": 0.2}),
    Case(conformity.rejection_limit, {"limit": 100.0, "probability": 0.99, "u": 1.0}),
    Case(conformity.rejection_limit, {"limit": 100.0, "probability": 0.99, "relative_u": 0.02}),
    Case(
        conformity.global_risks,
        {"process_mean": 10.0, "process_sd": 0.5, "u": 0.1, "tolerance": TOLERANCE, "acceptance": TOLERANCE},
    ),
    Case(
        conformity.guard_band_for_global_risk,
        {"process_mean": 10.0, "process_sd": 0.5, "u": 0.1, "tolerance": TOLERANCE, "risk": 0.01},
    ),
    Case(conformity.guard_band_for_specific_risk, {"u": 0.1, "risk": 0.05}),
    Case(conformity.simple_acceptance, {"y": 10.0, "u": 0.1, "tolerance": TOLERANCE}),
    Case(conformity.guarded_acceptance, {"y": 10.0, "u": 0.1, "tolerance": TOLERANCE, "k": 2.0, "r": 1.0}),
    Case(conformity.non_binary, {"y": 10.0, "u": 0.1, "tolerance": TOLERANCE, "k": 2.0, "r": 1.0}),
    Case(conformity.iso_14253, {"y": 10.0, "u": 0.1, "tolerance": TOLERANCE, "z": 1.65}),
    Case(conformity.probability_rule, {"y": 10.0, "u": 0.1, "tolerance": TOLERANCE, "confidence": 0.95}),
    Case(conformity.jjf_1094, {"error_of_indication": 0.1, "expanded_u": 0.1, "mpev": 1.0}),
    Case(control_chart.mean_and_sd, {"groups": GROUPS}),
    Case(control_chart.mean_and_range, {"groups": GROUPS}),
    Case(control_chart.individuals, {"values": [1.0, 2.0, 3.0, 2.0]}),
    Case(control_chart.ewma, {"values": X, "target": 2.0, "sigma": 1.0, "weight": 0.2, "width": 3.0}),
    Case(control_chart.cusum, {"values": X, "target": 2.0, "sigma": 1.0, "k": 0.5, "h": 5.0}),
    Case(intervals.in_use_time, {"interval_hours": 100.0, "hours_per_day": 8.0, "longest_days": 365.0}),
    Case(intervals.black_box, {"check_error": 0.1, "alert_limit": 1.0, "interval": 365.0}),
    Case(intervals.interval_test, {"in_tolerance": [1, 1, 0], "interval": 365.0, "target": 0.9, "confidence": 0.5}),
    Case(intervals.incremental_response, {"in_tolerance": [1, 1, 0], "interval": 365.0, "target": 0.9}),
    Case(intervals.simple_response, {"in_tolerance": [1, 1, 0], "interval": 365.0, "longer": 0.1, "shorter": 0.5}),
    Case(intervals.staircase, {"errors": [0.1, 0.2], "mpe": 1.0, "interval": 365.0, "share": 0.8, "factor": 1.25}),
    Case(
        intervals.fit_reliability,
        {"times": [30.0, 60.0, 90.0], "counts": [20, 20, 20], "in_tolerance": [19, 17, 15], "target": 0.9},
    ),
    Case(intervals.drift_model, {"times": X, "changes": Y, "order": 1, "y0": 0.0, "u0": 0.1}),
    Case(survival.kaplan_meier, {"ages": X, "failed": [1, 0, 1, 1], "entry": [0, 0, 0, 1.0], "confidence": 0.95}),
    Case(survival.kaplan_meier_counts, {"ages": X, "failed": [1, 0, 1, 1], "working": [3, 2, 1, 0]}),
    Case(survival.fit_weibull, {"ages": X, "failed": [1, 0, 1, 1], "entry": [0, 0, 0, 1.0]}),
    Case(sampling.limiting_quality_plan, {"lot": 500, "quality": 0.05, "ac": 1, "beta": 0.1}),
    Case(sampling.two_point_plan, {"producer_quality": 0.01, "consumer_quality": 0.08, "alpha": 0.05, "beta": 0.1}),
    Case(sampling.variables_plan, {"producer_quality": 0.01, "consumer_quality": 0.08, "alpha": 0.05, "beta": 0.1}),
    Case(sampling.single, {"n": 50, "ac": 1}),
    Case(sampling.accept_variables, {"plan": S_PLAN, "quality": 0.01}),
    Case(sampling.characteristic, {"plan": sampling.single(50, 1), "quality": 0.01, "lot": 500}),
    Case(sampling.share_beyond, {"q": 1.5, "n": 10, "method": "s"}, infinite=("q",)),
    Case(
        sampling.judge_variables,
        {"plan": SIGMA_PLAN, "values": [*X, 2.0], "lower": 0.0, "upper": 5.0, "sigma": 0.7},
        infinite=("lower", "upper"),
    ),
    Case(
        sampling.judge_combined,
        {"plan": S_PLAN, "values": [*X, 2.0], "lower": 0.0, "upper": 5.0},
        infinite=("lower", "upper"),
    ),
    Case(regression.summarise, {"readings": X}),
    Case(regression.one_way_anova, {"groups": GROUPS}),
    Case(regression.fit_polynomial, {"x": X, "y": Y, "degree": 1, "u": [0.1] * 4}),
    Case(regression.choose_degree, {"x": [*X, 5.0, 6.0], "y": [*Y, 5.1, 6.2], "highest": 2}),
    Case(regression.fit_both_variables, {"x": X, "y": Y, "degree": 1, "u_x": [0.1] * 4, "u_y": [0.1] * 4}),
    Case(
        regression.fit_nonlinear, {"model": lambda x, b: b[0] + b[1] * np.asarray(x), "x": X, "y": Y, "start": [0, 1]}
    ),
    Case(examination.repeatability, {"readings": [1.0, 2.0] * 5, "s_in_budget": 1.0}),
    Case(examination.stability_of_new_standard, {"group_means": X, "limit": 0.5}),
    Case(examination.stability_of_existing_standard, {"previous": 1.0, "current": 1.1, "limit": 0.5}),
    Case(examination.validate_by_transfer, {"y": 1.0, "expanded_u": 0.1, "y_ref": 1.1, "expanded_u_ref": 0.1}),
    Case(examination.validate_by_comparison, {"values": X, "own": 0, "expanded_u": 0.2}),
    Case(examination.intermediate_check, {"y": 1.0, "expanded_u": 0.1, "y_first": 1.1, "expanded_u_first": 0.1}),
    Case(
        examination.check_standard_test,
        {"readings": X, "accepted_mean": 2.0, "accepted_sd": 1.0, "degrees_of_freedom": 10, "risk": 0.05},
    ),
    Case(gum.bessel, {"readings": X}),
    Case(gum.range_method, {"readings": X}),
    Case(gum.pooled, {"groups": GROUPS, "readings": X}),
    Case(gum.autocorrelated, {"readings": X * 3}),
    Case(gum.correlation_of_means, {"first": X, "second": Y}),
    Case(gum.with_known_s, {"readings": X, "s": 0.1, "dof": 10.0}, infinite=("dof",)),
    Case(gum.quantity, {"name": "x", "value": 1.0, "u": 0.1, "dof": 5.0}, infinite=("dof",)),
    Case(gum.Normal, {"value": 1.0, "standard_uncertainty": 0.1}),
    Case(gum.StudentT, {"value": 1.0, "scale": 0.1, "dof": 5.0}, infinite=("dof",)),
    Case(gum.Rectangular, {"lower": 1.0, "upper": 2.0}),
    Case(gum.Triangular, {"lower": 1.0, "upper": 2.0}),
    Case(gum.ArcSine, {"lower": 1.0, "upper": 2.0}),
    Case(gum.TwoPoint, {"lower": 1.0, "upper": 2.0}),
    Case(gum.Trapezoidal, {"lower": 1.0, "upper": 2.0, "beta": 0.5}),
    Case(gum.CurvilinearTrapezoidal, {"lower": 1.0, "upper": 2.0, "d": 0.1}),
    Case(gum.Exponential, {"value": 1.0}),
    Case(gum.Gamma, {"shape": 1.0, "scale": 1.0}),
    Case(gum.Constant, {"value": 1.0}),
    Case(gum.k_normal, {"p": 0.95}),
    Case(gum.k_student, {"p": 0.95, "dof": 5.0}, infinite=("dof",)),
    Case(gum.k_trapezoidal, {"p": 0.95, "beta": 0.5}),
    Case(gum.coverage_interval, {"draws": np.arange(1000.0), "p": 0.95}),
    Case(gum.numerical_tolerance, {"u": 0.1, "digits": 2}),
    Case(gum.round_uncertainty, {"u": 0.1}),
    Case(gum.dof_from_reliability, {"relative_uncertainty_of_u": 0.1}),
]
IDS = [f"{number}-{case.function.__name__}" for number, case in enumerate(CASES)]


def altered(case: Case) -> list[tuple[str, Any]]:
    """The arguments one by one, with NaN and infinities in the place of a number, or of the first of a list."""
    found: list[tuple[str, Any]] = []
    for name, value in case.arguments.items():
        for bad in (math.nan, math.inf, -math.inf):
            if bad in (math.inf, -math.inf) and name in case.infinite:
                continue
            if isinstance(value, (int, float)):
                found.append((name, bad))
            elif (
                isinstance(value, list)
                and not callable(value)
                and (name, case.function) != ("x", regression.fit_nonlinear)
            ):
                first = value[0]
                found.append((name, [[bad, *first[1:]] if isinstance(first, list) else bad, *value[1:]]))
            elif isinstance(value, np.ndarray):
                found.append((name, np.concatenate([[bad], value[1:]])))
    return found


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_is_no_number_is_refused_by_a_sentence_and_never_counted(case: Case) -> None:
    case.function(**case.arguments)
    for name, bad in altered(case):
        with pytest.raises(MetrologyError) as refused:
            case.function(**{**case.arguments, name: bad})
        assert len(str(refused.value)) > 20, (name, bad)


@pytest.mark.parametrize("value", [0, 1.5, np.float32(2), Fraction(1, 3), -LARGEST])
def test_numbers_of_every_kind_are_finite_and_hide_none_beside_them(value: Any) -> None:
    Require(BadNumber).finite(value=value)
    with pytest.raises(BadNumber, match=r"^other is nan"):
        Require(BadNumber).finite(value=value, other=math.nan)


@pytest.mark.parametrize("value", [math.nan, math.inf, 10**200, 2 * LARGEST, "1", None, [1.0]])
def test_a_refusal_names_the_argument_and_what_it_must_be(value: Any) -> None:
    with pytest.raises(BadNumber, match=r"the mass is .*; it must be a finite number"):
        Require(BadNumber).finite(the_mass=value)


def test_the_place_of_a_bad_reading_is_told() -> None:
    with pytest.raises(BadNumber, match=r"readings, number 3 of 4, is nan"):
        Require(BadNumber).series("readings", [1, 2, math.nan, 4])


@pytest.mark.parametrize("values", ["abc", ["a", 1], [[1], [1, 2]], [None, {}]])
def test_what_is_no_list_of_numbers_is_refused(values: Any) -> None:
    with pytest.raises(BadNumber, match="it must be a list of numbers"):
        Require(BadNumber).series("readings", values)


@pytest.mark.parametrize(("test", "value"), [("positive", 0), ("not_negative", -1e-300), ("share", 1), ("share", 0)])
def test_bounds(test: str, value: float) -> None:
    with pytest.raises(BadNumber):
        getattr(Require(BadNumber), test)(value=value)


def test_whole_numbers() -> None:
    Require(BadNumber).whole(1, order=2)
    for order in (0, 1.5, math.nan):
        with pytest.raises(BadNumber, match=r"order is .*; it must be a whole number, 1 or more"):
            Require(BadNumber).whole(1, order=order)  # type: ignore[arg-type]
