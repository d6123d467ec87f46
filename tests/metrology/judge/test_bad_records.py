"""Bad records: each fault is told with its cell, and nothing is judged."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge import BadRecord, Cell, Point, Row, Wanted, judge
from hengliang.metrology.judge.cells import decimal_of
from tests.metrology.judge.cast import ERROR, TITLE, number, procedure, quantity, reading, record


def faults(by: Any, given_: Any) -> list[tuple[str, str]]:
    with pytest.raises(BadRecord) as caught:
        judge(by, given_)
    return [(problem.cell, problem.code) for problem in caught.value.problems]


def test_a_bound_that_hangs_on_a_faulty_reading_is_left_open():
    """The lower bound is passed already: the message has no upper one, and both cells are named."""
    cells = (
        Cell("e", TITLE, unit="g", low=number("0.001")),
        Cell("d", TITLE, unit="g", low=number("0.001"), high=quantity("e")),
    )
    by = replace(procedure(), attributes=(*procedure().attributes, *cells))
    given_ = record(error=[reading("50", "50.1")])
    given_ = replace(given_, instrument={**given_.instrument, "e": "0", "d": "0"})
    assert faults(by, given_) == [("instrument.e", "impossible"), ("instrument.d", "impossible")]


@pytest.mark.parametrize(
    ("indicated", "code"),
    [
        ("", "missing"),
        (None, "missing"),
        ("2O.0", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1e999999", "not_a_number"),
        ("1_000", "not_a_number"),
        ("２０", "not_a_number"),
        ("9" * 41, "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        ([1], "not_a_number"),
        ({"value": "50", "unit": "kg"}, "wrong_unit"),
        ({"value": None, "unit": "g"}, "missing"),
    ],
)
def test_a_faulty_cell_is_named(indicated: Any, code: str):
    row = Row({"reference": "50", "indicated": indicated})
    assert faults(procedure(), record(error=[reading("50", "50"), row])) == [("items.error[1].indicated", code)]


def test_an_impossible_reading_is_named_with_number_and_unit():
    with pytest.raises(BadRecord, match=r"items.error\[0\].reference: -1 g is not possible"):
        judge(procedure(), record(error=[reading("-1", "50")]))


@pytest.mark.parametrize("entry", ["50", " 50 ", 50, 50.0, "5e1", {"value": 50, "unit": "g"}, {"value": "50"}])
def test_a_number_may_be_written_in_many_ways(entry: Any):
    assert judge(procedure(), record(error=[Row({"reference": "50", "indicated": entry})])).verdict == "pass"


def test_beyond_all_brackets_the_row_is_named():
    assert faults(procedure(), record(error=[reading("500", "500")])) == [("items.error[0]", "no_limit")]


def test_division_by_zero_is_named():
    item = replace(ERROR, formula="relative")
    assert faults(procedure(item), record(error=[reading("0", "1")])) == [("items.error[0]", "undefined")]
    assert faults(procedure(item), record(error=[reading("0", "0")])) == [("items.error[0]", "undefined")]


def test_what_is_missing_or_foreign_is_named():
    points = (Point("a", TITLE, {}, {}), Point("b", TITLE, {}, {}))
    item = replace(ERROR, points=points)
    rows = [replace(reading("50", "50"), point=point) for point in ("a", "a", "c")]
    assert faults(procedure(item), record(error=rows, more=[])) == [
        ("items.error[1].point", "doubled_point"),
        ("items.error[2].point", "unknown_point"),
        ("items.error[b]", "missing_point"),
        ("items.more", "unknown_item"),
    ]
    assert faults(procedure(), record()) == [("items.error", "missing_item")]
    assert faults(procedure(), record(error=[Row({"reference": "50", "indicated": "50", "note": "x"})])) == [
        ("items.error[0].note", "unknown_cell")
    ]


def test_free_rows_must_be_enough_and_hold_what_is_wanted():
    item = replace(ERROR, at_least=2, include=(Wanted("reference", number("100")),))
    assert faults(procedure(item), record(error=[reading("50", "50")])) == [
        ("items.error", "too_few_rows"),
        ("items.error.reference", "missing_value"),
    ]
    wanted = replace(item, include=(Wanted("reference", number("100"), number("60")),), at_least=1)
    assert judge(procedure(wanted), record(error=[reading("50", "50")])).verdict == "pass"


def test_parts_must_be_named_and_known():
    item = replace(ERROR, per_part=True)
    by = procedure(item, part=TITLE)
    assert ("parts", "missing") in faults(by, record(error=[]))
    rows = [replace(reading("50", "50"), part="9")]
    assert faults(by, replace(record(error=rows), parts=["1"])) == [
        ("items.error[0].part", "unknown_part"),
        ("items.error[1]", "too_few_rows"),
    ]


def test_wrong_runs_regime_class_and_answers_are_named():
    item = replace(ERROR, cells=(), run_cells=ERROR.cells, runs=3)
    assert faults(procedure(item), record(error=[Row({}, [{"reference": 1, "indicated": 1}])])) == [
        ("items.error[0].runs", "wrong_runs")
    ]
    assert faults(procedure(), record("yearly", error=[reading("50", "50")]))[0] == (
        "regime",
        "unknown_regime",
    )
    assert faults(procedure(), record(accuracy_class="3", error=[reading("50", "50")])) == [
        ("instrument.accuracy_class", "not_a_choice")
    ]
    check = replace(ERROR, formula="check", cells=(Cell("value", TITLE, kind="check"),), limit=None)
    assert faults(procedure(check), record(error=[Row({"value": "maybe"})])) == [
        ("items.error[0].value", "not_yes_or_no")
    ]


def test_a_fault_that_two_items_meet_is_told_once():
    again = replace(ERROR, id="again", readings="error")
    assert faults(procedure(ERROR, again), record(error=[reading("50", "x")])) == [
        ("items.error[0].indicated", "not_a_number")
    ]


def test_uncertainty_must_be_there_for_a_guarded_decision_and_be_a_number():
    rows = record(error=[reading("50", "50")])
    assert faults(procedure(), replace(rows, decision="guarded")) == [("uncertainty.error", "missing")]
    assert faults(procedure(), replace(rows, uncertainty={"error": "-1"})) == [("uncertainty.error", "not_a_number")]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str):
    number_ = decimal_of(text)
    assert number_ is None or number_.is_finite()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda c: st.lists(c) | st.dictionaries(st.text(max_size=3), c),
        max_leaves=6,
    )
)
def test_whatever_stands_in_a_cell_is_judged_or_named(entry: Any):
    try:
        judge(procedure(), record(error=[Row({"reference": "50", "indicated": entry})]))
    except BadRecord as bad:
        assert all(problem.cell.startswith("items.error[0]") for problem in bad.problems)
