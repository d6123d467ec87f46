"""The examination's figures, with the worked example of the transfer method."""

import pytest

from hengliang.metrology.conformity import Fail, Pass
from hengliang.metrology.standard_examination import (
    TooFewRuns,
    check_standard_test,
    intermediate_check,
    repeatability,
    stability_of_existing_standard,
    stability_of_new_standard,
    validate_by_comparison,
    validate_by_transfer,
)

RUNS = [200.0011, 200.0013, 200.0012, 200.0010, 200.0014, 200.0012, 200.0011, 200.0013, 200.0012, 200.0012]


def test_the_transfer_method_of_a_200_g_weight():
    """200.0012 g against 200.0032 g: 2.0 mg within sqrt(2.0^2 + 1.0^2) = 2.24 mg."""
    found = validate_by_transfer(200.0012, 0.0020, 200.0032, 0.0010)
    assert isinstance(found.decision, Pass)
    assert (found.observed, found.limit) == pytest.approx((0.0020, 0.002236), abs=1e-6)


def test_the_comparison_method():
    assert isinstance(validate_by_comparison([10.0, 10.2, 10.0], 1, 0.2).decision, Pass)
    assert isinstance(validate_by_comparison([10.0, 10.4, 9.9], 1, 0.2).decision, Fail)


def test_repeatability_against_the_budget():
    found = repeatability(RUNS, 0.00015)
    assert isinstance(found.decision, Pass)
    assert found.observed == pytest.approx(0.000115470, abs=1e-9)
    assert isinstance(repeatability(RUNS, 0.0001).decision, Fail)
    with pytest.raises(TooFewRuns, match="10"):
        repeatability(RUNS[:9], 1)


def test_stability():
    assert isinstance(stability_of_new_standard([1.0, 1.1, 1.05, 0.98], 0.2).decision, Pass)
    assert isinstance(stability_of_new_standard([1.0, 1.25, 1.0, 1.0], 0.25).decision, Fail)
    assert isinstance(stability_of_existing_standard(1.0, 1.1, 0.2).decision, Pass)
    with pytest.raises(TooFewRuns):
        stability_of_new_standard([1, 1, 1], 0.2)


def test_intermediate_check():
    assert isinstance(intermediate_check(10.05, 0.04, 10.0, 0.03).decision, Pass)
    assert isinstance(intermediate_check(10.06, 0.04, 10.0, 0.03).decision, Fail)


def test_check_standard():
    assert check_standard_test(RUNS, 200.0012, 0.000115, 30).in_control
    assert not check_standard_test(RUNS, 200.0020, 0.000115, 30).in_control
    assert not check_standard_test(RUNS, 200.0012, 0.00005, 30).in_control
