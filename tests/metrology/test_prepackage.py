"""Net content: each criterion fails by itself, and the border belongs to the good side."""

import pytest

from hengliang.metrology.conformity import Fail, Pass
from hengliang.metrology.prepackage import (
    DeficiencyBand,
    DeficiencyTable,
    NoRow,
    PlanRow,
    WrongSample,
    judge_lot,
)

TABLE = DeficiencyTable((DeficiencyBand(0, 500, 3.0, None),), 0.1, 1, 1000)
ROWS = (PlanRow(1, 10, None, None, 0, 0), PlanRow(11, 50, 10, 1.028, 1, 0))


def judge(contents, lot=40):
    return judge_lot(contents, 500.0, lot, ROWS, TABLE, source="test")


def test_a_good_lot():
    found = judge([500, 501, 499, 502, 500, 501, 500, 499, 500, 501])
    assert isinstance(found.decision, Pass)
    assert (found.deficiency, found.short, found.very_short) == (15.0, 0, 0)


def test_a_mean_too_low_fails_alone():
    found = judge([498.9, 499.0] * 5)
    assert isinstance(found.decision, Fail)
    assert not found.mean_passes
    assert found.short == 0


def test_the_scatter_excuses_a_low_mean():
    """mean 499, s = 1.054: limit 500 - 1.028 * 1.054 = 498.917."""
    found = judge([498, 500] * 5)
    assert found.mean_limit == pytest.approx(498.9164, abs=1e-4)
    assert found.mean_passes


def test_single_packages():
    assert isinstance(judge([505] * 9 + [484.9]).decision, Pass)
    assert isinstance(judge([510] * 8 + [484.9] * 2).decision, Fail)
    assert isinstance(judge([510] * 9 + [469.9]).decision, Fail)


def test_short_by_exactly_t_is_not_short():
    assert judge([510] * 8 + [485.0] * 2).short == 0
    assert judge([510] * 9 + [470.0]).very_short == 0


def test_small_lots_are_measured_whole_and_have_no_mean_test():
    found = judge([499.0] * 5, lot=5)
    assert (found.mean_limit, isinstance(found.decision, Pass)) == (None, True)


def test_wrong_use_is_refused():
    with pytest.raises(WrongSample, match="10"):
        judge([500] * 9)
    with pytest.raises(NoRow):
        judge([500] * 10, lot=51)
    with pytest.raises(NoRow):
        TABLE.at(600)
