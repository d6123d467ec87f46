"""From a value to a verdict: plain, with the condition on U, and guarded."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.judge.decide import guarded, overall, suitable, verdict_at

LOW, HIGH = D(-1), D(1)
VALUES = st.decimals(-3, 3, places=3)


@pytest.mark.parametrize(("value", "verdict"), [("1", "pass"), ("1.0000001", "fail"), ("-1", "pass"), ("-1.1", "fail")])
def test_the_limit_itself_passes(value: str, verdict: str):
    assert verdict_at(D(value), LOW, HIGH) == verdict


# Source: JJF 1094-2002, 5.3.1.4: U95 at most a third of MPEV
@pytest.mark.parametrize(("expanded", "fits"), [("0.3333", True), ("0.3334", False), ("0", True)])
def test_a_third_of_the_limit(expanded: str, fits: bool):
    assert suitable(D(expanded), LOW, HIGH) is fits


def test_of_limits_that_are_not_symmetrical_half_the_width_counts():
    assert suitable(D("0.1166"), D("-0.2"), D("0.5"))
    assert not suitable(D("0.1167"), D("-0.2"), D("0.5"))
    assert suitable(D("0.1"), None, D("0.3"))
    assert suitable(D(5), None, None)


@given(VALUES, st.decimals(0, 1, places=3))
def test_guarding_only_ever_moves_a_verdict_to_indeterminate(value: D, expanded: D):
    plain = verdict_at(value, LOW, HIGH)
    assert guarded(value, LOW, HIGH, expanded) in (plain, "indeterminate")
    assert guarded(value, LOW, HIGH, D(0)) == plain


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("0.8", "pass"), ("0.81", "indeterminate"), ("1.19", "indeterminate"), ("1.2", "fail")],
)
def test_guard_bands_as_wide_as_u(value: str, verdict: str):
    # own: limits ±1, U = 0.2: accepted up to 0.8, rejected from 1.2. Source: JJF 1094-2002, 5.3.1.5 and .6
    assert guarded(D(value), LOW, HIGH, D("0.2")) == verdict


def test_one_fault_decides_and_nothing_judged_is_no_pass():
    assert overall(["pass", "fail", "indeterminate"]) == "fail"
    assert overall(["pass", "indeterminate", "not_applicable"]) == "indeterminate"
    assert overall(["pass", "not_applicable"]) == "pass"
    assert overall(["not_applicable"]) == "indeterminate"
