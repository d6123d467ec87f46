"""Many records of one shape get the verdict and the points that the judge gives each of them."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
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


CELLS = st.one_of(MASSES.map(str), st.sampled_from(["", "abc", "-"]))


@given(st.lists(st.tuples(MASSES.map(str), CELLS, CELLS, CELLS), max_size=12))
def test_columns_come_to_what_the_records_come_to_one_by_one(records) -> None:
    rule = procedure()
    columns = [[(a, b) for a, b, _c, _d in records], [(c, d) for _a, _b, c, d in records]]
    judged = BatchJudge(rule, "initial", CLASS, (ROW, ROW)).judge_columns(columns, len(records))
    batch = BatchJudge(rule, "initial", CLASS, (ROW, ROW))
    for at, readings in enumerate(zip(*columns, strict=True)):
        try:
            single = judge(rule, batch.record(readings))
        except BadRecord as bad:
            assert judged.verdicts[at] is None and judged.refused[at].problems == bad.problems
            assert all(np.isnan(errors[at]).all() for errors in judged.errors)
            continue
        assert judged.verdicts[at] == single.verdict and at not in judged.refused
        points = list(single.items[0].points)
        assert [float(x) for errors in judged.errors for x in errors[at]] == [float(p.rounded) for p in points]
        assert [float(x) for limits in judged.limits for x in limits[at]] == [float(p.high) for p in points]


def test_of_no_records_nothing_is_told() -> None:
    judged = BatchJudge(procedure(), "initial", CLASS, (ROW,)).judge_columns([[]], 0)
    assert (judged.verdicts, judged.refused) == ([], {})


def test_where_an_attribute_is_missing_every_record_is_refused_for_it() -> None:
    judged = BatchJudge(procedure(), "initial", {}, (ROW,)).judge_columns([[("50", "50.2"), ("50", "51")]], 2)
    assert judged.verdicts == [None, None] and set(judged.refused) == {0, 1}
