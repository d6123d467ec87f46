"""Many records of one shape get the verdict and the points that the judge gives each of them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge import judge
from hengliang.metrology.judge.batch import BatchJudge, Slot
from hengliang.metrology.judge.errors import BadProcedure, BadRecord
from tests.metrology.judge.cast import ERROR, procedure

CLASS = {"accuracy_class": "1"}
ROW = Slot("error", cells=("reference", "indicated"))
MASSES = st.decimals(0, 150, places=1, allow_nan=False, allow_infinity=False)
ERRORS = st.decimals(Decimal("-1.5"), Decimal("1.5"), places=1)


@given(st.lists(st.tuples(MASSES, ERRORS, MASSES, ERRORS), min_size=1, max_size=12))
def test_the_verdict_and_the_points_are_those_of_the_judge(lots) -> None:
    rule = procedure()
    batch = BatchJudge(rule, "initial", CLASS, (ROW, ROW))
    for first, off, second, away in lots:
        readings = ((str(first), str(first + off)), (str(second), str(second + away)))
        verdict, points = batch.judge(readings)
        single = judge(rule, batch.record(readings))
        assert verdict == single.verdict
        assert [point for row in points for point in row] == list(single.items[0].points)


def test_a_cell_that_is_no_number_is_refused_and_the_next_record_is_judged() -> None:
    batch = BatchJudge(procedure(), "initial", CLASS, (ROW,))
    assert batch.judge([("50", "50.2")])[0] == "pass"
    with pytest.raises(BadRecord):
        batch.judge([("50", "abc")])
    assert batch.judge([("50", "51")])[0] == "fail"


def test_an_item_that_judges_the_readings_of_another_is_refused_by_name() -> None:
    again = replace(ERROR, id="again", readings="error")
    batch = BatchJudge(procedure(ERROR, again), "initial", CLASS, (ROW,))
    with pytest.raises(BadProcedure, match="again"):
        batch.judge([("50", "50.2")])
