"""The judge as a whole: verdicts, rounding before judging, regimes, parts, downgrade, uncertainty."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge import (
    BadProcedure,
    Cell,
    Limit,
    LimitRow,
    Point,
    Rounding,
    Row,
    judge,
    preview,
)
from tests.metrology.judge.cast import ERROR, MPE, TITLE, bracket, number, procedure, reading, record, table

READINGS = st.decimals(-2, 2, places=3)


@given(error=READINGS, further=st.decimals(0, 2, places=3))
def test_a_larger_error_never_makes_a_failing_instrument_pass(error: D, further: D):
    def verdict(value: D) -> str:
        return judge(procedure(), record(error=[reading("50", str(50 + value))])).verdict

    away = further if error >= 0 else -further
    assert verdict(error) == "pass" or verdict(error + away) == "fail"


@given(error=READINGS, limits=st.sampled_from([("0.5", "1"), ("0.5", "2"), ("1", "1.5"), ("1.5", "2")]))
def test_a_wider_limit_never_makes_a_passing_instrument_fail(error: D, limits: tuple[str, str]):
    def verdict(limit: str) -> str:
        wide = table(bracket("0", "200", limit))
        return judge(procedure(tables=(wide,)), record(error=[reading("50", str(50 + error))])).verdict

    finer, coarser = limits
    assert verdict(finer) == ("pass" if abs(error) <= D(finer) else "fail")
    assert verdict(finer) == "fail" or verdict(coarser) == "pass"


@given(error=READINGS)
def test_the_verdict_is_what_the_written_limits_say(error: D):
    judged = judge(procedure(), record(error=[reading("100", str(100 + error))]))
    assert (judged.verdict == "pass") == (abs(error) <= D("0.5"))


def test_a_result_carries_limit_rounding_and_edition():
    item = replace(ERROR, rounding=Rounding(None, {"": number("0.1")}))
    judged = judge(procedure(item), record(error=[reading("50", "50.55")]))
    point = judged.items[0].points[0]
    assert (point.value, point.rounded, point.low, point.high) == (D("0.55"), D("0.6"), D("-0.5"), D("0.5"))
    assert (judged.items[0].rounding, judged.items[0].table, judged.items[0].unit) == (D("0.1"), "mpe", "g")
    assert (judged.procedure, judged.edition, judged.verdict) == ("procedure/own", "2020-01-01", "fail")


def test_rounding_comes_before_judging():
    item = replace(ERROR, rounding=Rounding("accuracy_class", {"1": number("0.1"), "2": number("0.2")}))
    rows = [reading("50", "50.55")]
    assert judge(procedure(item), record(accuracy_class="1", error=rows)).verdict == "fail"  # 0.55 -> 0.6
    assert judge(procedure(item), record(accuracy_class="2", error=rows)).verdict == "fail"  # 0.55 -> 0.6
    rows = [reading("50", "50.54")]
    assert judge(procedure(item), record(accuracy_class="1", error=rows)).verdict == "pass"  # 0.54 -> 0.5


def test_items_of_another_regime_do_not_apply():
    initial = replace(ERROR, id="initially", regimes=frozenset({"initial"}))
    judged = judge(procedure(ERROR, initial), record("in_service", error=[reading("50", "50.9")]))
    assert [(item.verdict, item.reason) for item in judged.items] == [
        ("pass", None),
        ("not_applicable", "regime"),
    ]


def test_items_under_conditions_apply_only_then():
    item = replace(ERROR, when={"accuracy_class": frozenset({"2"})})
    judged = judge(procedure(ERROR, replace(item, id="other")), record(error=[reading("50", "50")]))
    assert judged.items[1].reason == "conditions"


def test_an_optional_item_may_be_left_out_with_a_reason():
    item = replace(ERROR, id="clock", optional=True)
    given_ = replace(record(error=[reading("50", "50")]), not_applicable={"clock": "no clock"})
    assert judge(procedure(ERROR, item), given_).items[1].reason == "no clock"


def test_a_check_passes_or_fails():
    check = replace(ERROR, formula="check", cells=(Cell("value", TITLE, kind="check"),), limit=None)
    assert judge(procedure(check), record(error=[Row({"value": True})])).verdict == "pass"
    assert judge(procedure(check), record(error=[Row({"value": "不合格"})])).verdict == "fail"


def test_parts_are_judged_each_for_itself_and_share_what_is_common():
    item = replace(ERROR, per_part=True)
    rows = [replace(reading("50", shown), part=part) for part, shown in (("1", "50.1"), ("2", "51.0"))]
    judged = judge(procedure(item, part=TITLE), replace(record(error=rows), parts=["1", "2"]))
    assert judged.parts == {"1": "pass", "2": "fail"}
    assert judged.verdict == "fail"


def test_an_accept_rule_may_allow_failures():
    item = replace(ERROR, failures_allowed=1, at_least=3)
    one = [reading("50", shown) for shown in ("50", "50", "52")]
    two = [reading("50", shown) for shown in ("50", "52", "52")]
    assert judge(procedure(item), record(error=one)).verdict == "pass"
    assert judge(procedure(item), record(error=two)).verdict == "fail"


def test_runs_are_combined_or_judged_each():
    runs = [{"reference": "50", "indicated": shown} for shown in ("50.2", "49.8", "50.9")]
    rows = [Row({}, runs)]
    each = replace(ERROR, cells=(), run_cells=ERROR.cells, runs=3)
    assert [p.verdict for p in judge(procedure(each), record(error=rows)).items[0].points] == [
        "pass",
        "pass",
        "fail",
    ]
    mean = replace(each, combine="mean")
    assert judge(procedure(mean), record(error=rows)).items[0].points[0].value == D("0.3")


def test_an_item_may_judge_the_readings_of_another():
    runs = [{"reference": "50", "indicated": shown} for shown in ("50.0", "50.3", "49.7")]
    mean = replace(ERROR, cells=(), run_cells=ERROR.cells, runs=3, combine="mean")
    spread = replace(mean, id="repeatability", readings="error", combine="range", limit=Limit("mpe", "magnitude"))
    judged = judge(procedure(mean, spread), record(error=[Row({}, runs)]))
    assert [item.verdict for item in judged.items] == ["pass", "fail"]
    assert judged.items[1].points[0].value == D("0.6")


def test_a_coarser_class_is_proposed_and_taken_only_if_the_record_accepts_it():
    rows = tuple(LimitRow({"accuracy_class": frozenset({c})}, (bracket(None, None, c),)) for c in "12")
    by = procedure(tables=(replace(MPE, rows=rows, over=None),), class_by="accuracy_class", downgrade=("1", "2"))
    fine = judge(by, record(error=[reading("50", "50.9")]))
    missed = judge(by, record(error=[reading("50", "51.9")]))
    fallen = judge(by, replace(record(error=[reading("50", "51.9")]), accepted_class="2"))
    other = judge(by, replace(record(error=[reading("50", "52.9")]), accepted_class="2"))
    failed = judge(by, record(error=[reading("50", "52.9")]))
    assert (fine.verdict, fine.accuracy_class, fine.downgraded_from) == ("pass", "1", None)
    assert (missed.verdict, missed.accuracy_class, missed.proposed_class) == ("fail", None, "2")
    assert (other.verdict, other.proposed_class) == ("fail", None)
    assert judge(by, replace(record(error=[reading("50", "50.9")]), accepted_class="2")).accuracy_class == "1"
    assert (fallen.verdict, fallen.accuracy_class, fallen.downgraded_from) == ("pass", "2", "1")
    assert (failed.verdict, failed.accuracy_class, failed.downgraded_from) == ("fail", None, None)


def test_too_large_an_uncertainty_leaves_the_verdict_open():
    def judged(shown: str, expanded: str):
        return judge(procedure(), replace(record(error=[reading("50", shown)]), uncertainty={"error": expanded}))

    # own: MPEV = 0.5: U = 0.16 is neglected; U = 0.17 is not, so the band from 0.33 to 0.67 stays open
    assert [judged(shown, "0.16").verdict for shown in ("50.4", "50.5", "50.6")] == ["pass", "pass", "fail"]
    open_ = [judged(shown, "0.17") for shown in ("50.33", "50.34", "50.66", "50.67")]
    assert [each.verdict for each in open_] == ["pass", "indeterminate", "indeterminate", "fail"]
    assert open_[1].items[0].reason == "uncertainty_too_large"


def test_a_guarded_decision_leaves_the_band_open():
    def verdict(shown: str) -> str:
        rows = record(error=[reading("50", shown)])
        return judge(procedure(), replace(rows, uncertainty={"error": "0.1"}, decision="guarded")).verdict

    assert [verdict(s) for s in ("50.4", "50.45", "50.59", "50.6")] == [
        "pass",
        "indeterminate",
        "indeterminate",
        "fail",
    ]


def test_points_give_values_that_are_not_entered():
    points = (Point("50", TITLE, {}, {"reference": number("50")}),)
    item = replace(ERROR, cells=(Cell("indicated", TITLE),), points=points)
    assert judge(procedure(item), record(error=[Row({"indicated": "50.4"}, point="50")])).verdict == "pass"


def test_preview_says_what_can_be_said_so_far():
    seen = preview(procedure(replace(ERROR, at_least=3)), record(error=[reading("50", "50"), reading("50", "")]))
    assert [point.verdict for point in seen.items[0].points] == ["pass"]
    assert seen.items[0].verdict == "indeterminate"
    assert {problem.code for problem in seen.problems} == {"missing", "too_few_rows"}


def test_a_procedure_that_asks_for_what_no_record_holds_is_refused():
    item = replace(ERROR, arguments={"indicated": "shown"})
    with pytest.raises(BadProcedure, match=r"procedure/own, items\.error: .*'shown'"):
        judge(procedure(item), record(error=[reading("50", "50")]))
