"""Degrees of equivalence, scores, drift and linking."""

import math

import numpy as np
import pytest

from hengliang.metrology.comparison import (
    Reading,
    Result,
    artefact_drift,
    bilateral,
    corrected,
    e_z,
    en,
    link,
    needs_z_prime,
    reference_value,
    unilateral,
    z,
    z_prime,
    zeta,
)
from hengliang.metrology.comparison.errors import (
    BadCorrelation,
    BadNumber,
    DisconnectedLinking,
    TooFewResults,
    UnknownLaboratory,
)

TRIO = [Result("A", 10.0, 0.1), Result("B", 10.3, 0.2), Result("C", 9.8, 0.2)]


def test_against_the_weighted_mean_the_variances_subtract():
    reference = reference_value(TRIO, "weighted_mean")
    for result, degree in zip(TRIO, unilateral(TRIO, reference), strict=True):
        assert degree.u**2 == pytest.approx(result.u**2 - reference.u**2)


def test_the_pilot_equals_itself():
    degrees = unilateral(TRIO, reference_value(TRIO, "pilot", pilot="A"))
    assert (degrees[0].value, degrees[0].u) == (0.0, 0.0)
    assert degrees[1].u == pytest.approx(np.hypot(0.1, 0.2))


def test_a_pair_that_shares_its_error_differs_by_less():
    shared = np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]])
    free, tied = bilateral(TRIO)[0], bilateral(TRIO, correlation=shared)[0]
    assert (free.laboratory, free.other) == ("A", "B")
    assert tied.u**2 == pytest.approx(free.u**2 - 2 * 0.5 * 0.1 * 0.2)


def test_an_impossible_correlation_is_refused():
    with pytest.raises(BadCorrelation):
        bilateral(TRIO, correlation=[[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])


def test_scores_by_hand():
    assert en(10.5, 0.3, 10.0, 0.4).value == pytest.approx(1.0)
    assert en(10.6, 0.3, 10.0, 0.4).verdict == "unsatisfactory"
    assert z(12.5, 10.0, 1.0).verdict == "questionable"
    assert z_prime(12.0, 10.0, 0.8, 0.6).value == pytest.approx(2.0)
    assert zeta(10.5, 0.3, 10.0, 0.4).value == pytest.approx(1.0)
    assert [s.value for s in e_z(10.0, 0.5, 10.0, 0.25)] == [0.5, -0.5]
    assert needs_z_prime(1.0, 0.31) and not needs_z_prime(1.0, 0.3)


def test_drift_is_taken_out_and_its_uncertainty_put_in():
    course = artefact_drift([0, 50, 100], [1.0, 1.5, 2.0], u=[0.01, 0.01, 0.01])
    assert course.significant
    (moved,) = corrected([Result("A", 5.0, 0.1)], [100], course)
    assert moved.value == pytest.approx(4.5)
    assert moved.u > 0.1


def test_an_artefact_that_stays_is_left_alone():
    assert not artefact_drift([0, 50, 100, 150], [1.0, 1.01, 0.99, 1.0]).significant


def test_linking_through_a_shared_laboratory():
    """Exact data: biases 0.1, -0.1 (reference pair), 0.3; L carries the scale to the second artefact."""
    readings = [
        Reading("L", "key", 10.1, 0.01),
        Reading("M", "key", 9.9, 0.01),
        Reading("L", "regional", 5.1, 0.01),
        Reading("N", "regional", 5.3, 0.01),
    ]
    found = link(readings, {"L": 1, "M": 1})
    assert {d.laboratory: d.value for d in found.degrees} == pytest.approx({"L": 0.1, "M": -0.1, "N": 0.3})
    assert found.artefacts == pytest.approx({"key": 10.0, "regional": 5.0})
    assert (found.degrees_of_freedom, found.chi_squared) == (0, pytest.approx(0, abs=1e-12))


def test_linking_passes_the_links_uncertainty_on():
    """u^2(N) = u_N^2 + u_L(regional)^2 + u^2 of L's bias, (u_L^2 + u_M^2)/4."""
    readings = [
        Reading("L", "key", 10.1, 0.3),
        Reading("M", "key", 9.9, 0.4),
        Reading("L", "regional", 5.1, 0.5),
        Reading("N", "regional", 5.3, 0.6),
    ]
    degrees = {d.laboratory: d for d in link(readings, {"L": 1, "M": 1}).degrees}
    assert degrees["N"].u ** 2 == pytest.approx(0.36 + 0.25 + (0.09 + 0.16) / 4)
    carried = {d.laboratory: d for d in link(readings, {"L": 1, "M": 1}, systematic={"N": 0.8}).degrees}
    assert carried["N"].u ** 2 == pytest.approx(degrees["N"].u ** 2 + 0.64)


def test_comparisons_without_a_shared_laboratory_are_refused():
    readings = [Reading("A", "one", 1.0, 0.1), Reading("B", "two", 1.0, 0.1)]
    with pytest.raises(DisconnectedLinking, match="one and two"):
        link(readings, {"A": 1})
    with pytest.raises(UnknownLaboratory):
        link([Reading("A", "one", 1.0, 0.1)], {"Z": 1})


def test_results_that_happen_to_agree_do_not_make_the_reference_exact():
    """x1 - (x1 + x2)/2 has u = √(u1² + u2²)/2, however small the scatter of the two."""
    pair = [Result("A", 10.0, 0.1), Result("B", 10.0, 0.1)]
    found = unilateral(pair, reference_value(pair, "mean"))
    assert [d.u for d in found] == pytest.approx([math.sqrt(0.02) / 2] * 2)


def test_a_pilot_stands_at_zero_from_itself():
    degrees = unilateral(TRIO, reference_value(TRIO, "pilot", pilot="A"))
    assert degrees[0].en == 0.0
    with pytest.raises(UnknownLaboratory, match="not named"):
        reference_value(TRIO, "pilot")


def test_lists_belong_together():
    mean = reference_value(TRIO, "mean")
    for wrong in (TRIO[:2], [*TRIO, Result("D", 1.0, 0.1)]):
        with pytest.raises(BadNumber, match="the 3 of the reference value"):
            unilateral(wrong, mean)
    with pytest.raises(BadNumber, match="list of times"):
        corrected(TRIO, [0, 1], artefact_drift([0, 1, 2], [1, 2, 3.1]))


@pytest.mark.parametrize("wrong", [{"value": math.nan}, {"value": math.inf}, {"u": -0.1}, {"u": math.nan}])
def test_degrees_of_what_is_no_result_are_refused(wrong):
    odd = [*TRIO[:2], Result(**{"laboratory": "C", "value": 9.8, "u": 0.2, **wrong})]
    with pytest.raises(BadNumber, match=" of C is "):
        unilateral(odd, reference_value(TRIO, "mean"))
    with pytest.raises(BadNumber, match=" of C is "):
        bilateral(odd)


@pytest.mark.parametrize(
    ("reading", "weights", "systematic"),
    [
        (Reading("B", "1", math.nan, 0.1), {"A": 1}, {}),
        (Reading("B", "1", 1.0, 0.0), {"A": 1}, {}),
        (Reading("B", "1", 1.0, 0.1), {"A": 0}, {}),
        (Reading("B", "1", 1.0, 0.1), {"A": 2, "B": -1}, {}),
        (Reading("B", "1", 1.0, 0.1), {"A": 1}, {"B": -0.1}),
    ],
)
def test_linking_refuses_what_it_can_not_weigh(reading, weights, systematic):
    with pytest.raises(BadNumber):
        link([Reading("A", "1", 1.0, 0.1), reading], weights, systematic=systematic)


def test_linking_refuses_nothing_and_names_it_does_not_know():
    with pytest.raises(TooFewResults):
        link([], {})
    with pytest.raises(UnknownLaboratory, match=r"^b has"):
        link([Reading("A", "1", 1.0, 0.1)], {"A": 1}, systematic={"b": 0.1})
