"""Conformity: the printed examples of JCGM 106, limits that must hold, and the decision rules."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.conformity import (
    Fail,
    Indeterminate,
    Interval,
    Pass,
    capability_index,
    conformance_probability,
    global_risks,
    guard_band_for_global_risk,
    guard_band_for_specific_risk,
    guarded_acceptance,
    iso_14253,
    jjf_1094,
    non_binary,
    probability_rule,
    rejection_limit,
    simple_acceptance,
    specific_risk,
)
from hengliang.metrology.conformity.errors import BadNumber, EmptyInterval, RiskOutOfReach

UNIT = Interval(-1, 1)


@pytest.mark.parametrize(
    ("y", "u", "tolerance", "printed"),
    [
        (-5.47, 0.05, Interval(high=-5.40), 0.92),
        (509.7, 8.6, Interval(low=490), 0.99),
        (13.6, 1.8, Interval(12.5, 16.3), 0.66),
    ],
)
def test_jcgm_106_clause_7_examples(y, u, tolerance, printed):
    assert round(conformance_probability(y, u, tolerance), 2) == printed
    assert specific_risk(y, u, tolerance) == pytest.approx(1 - printed, abs=0.005)


def test_few_degrees_of_freedom_make_it_less_sure():
    sure = conformance_probability(0.5, 0.25, UNIT)
    assert conformance_probability(0.5, 0.25, UNIT, degrees_of_freedom=4) < sure
    assert conformance_probability(0.5, 0.25, UNIT, degrees_of_freedom=1e7) == pytest.approx(sure, abs=1e-6)


def test_jcgm_106_speed_of_a_vehicle():
    assert math.ceil(rejection_limit(100, 0.999, relative_u=0.02)) == 107
    assert rejection_limit(100, 0.975, u=1) == pytest.approx(101.96, abs=1e-3)


def test_global_risks_against_a_plain_sum():
    """A 2-dimensional midpoint sum, which knows nothing of the quadrature used."""
    sd, u, accepted = 0.6, 0.15, Interval(-0.9, 0.9)
    x = np.arange(-5, 5, 0.002) + 0.001
    e = np.arange(-1.2, 1.2, 0.002) + 0.001
    weight = np.outer(np.exp(-0.5 * (x / sd) ** 2), np.exp(-0.5 * (e / u) ** 2))
    weight /= weight.sum()
    y = x[:, None] + e[None, :]
    within = np.abs(x)[:, None] <= 1
    taken = (y >= accepted.low) & (y <= accepted.high)
    found = global_risks(0, sd, u, UNIT, accepted)
    assert found.false_accept == pytest.approx(weight[~within & taken].sum(), rel=2e-3)
    assert found.false_reject == pytest.approx(weight[within & ~taken].sum(), rel=2e-3)


def test_deaver_four_to_one():
    found = global_risks(0, 0.5, 0.125, UNIT, UNIT)
    assert (round(found.false_accept, 3), round(found.false_reject, 3)) == (0.008, 0.015)


@settings(deadline=None)
@given(st.floats(0.2, 2), st.floats(0.01, 0.5), st.floats(0.01, 100), st.floats(-5, 5))
def test_risks_do_not_depend_on_unit_or_origin(sd, u, scale, shift):
    base = global_risks(0, sd, u, UNIT, UNIT.guarded(0.1))
    moved = global_risks(
        shift * scale,
        sd * scale,
        u * scale,
        Interval((shift - 1) * scale, (shift + 1) * scale),
        Interval((shift - 0.9) * scale, (shift + 0.9) * scale),
    )
    assert moved.false_accept == pytest.approx(base.false_accept, rel=1e-8, abs=1e-12)
    assert moved.false_reject == pytest.approx(base.false_reject, rel=1e-8, abs=1e-12)


def test_guard_bands_do_what_they_promise():
    w = guard_band_for_global_risk(0, 0.6, 0.15, UNIT, 0.002)
    risk = global_risks(0, 0.6, 0.15, UNIT, UNIT.guarded(w)).false_accept
    assert risk == pytest.approx(0.002, rel=1e-6)
    assert guard_band_for_global_risk(0, 0.1, 0.01, UNIT, 0.01) == 0.0
    assert guard_band_for_specific_risk(1.0, 0.05) == pytest.approx(1.645, abs=5e-4)
    with pytest.raises(RiskOutOfReach):
        guard_band_for_global_risk(0, 0.6, 0.15, UNIT, 0.0)


@pytest.mark.parametrize(
    ("y", "simple", "guarded", "four", "iso"),
    [
        (0.5, Pass, Pass, "pass", Pass),
        (0.9, Pass, Fail, "conditional pass", Indeterminate),
        (1.1, Fail, Fail, "conditional fail", Indeterminate),
        (1.5, Fail, Fail, "fail", Fail),
    ],
)
def test_decision_rules(y, simple, guarded, four, iso):
    u = 0.1
    assert type(simple_acceptance(y, u, UNIT)) is simple
    assert type(guarded_acceptance(y, u, UNIT)) is guarded
    assert non_binary(y, u, UNIT).status == four
    assert type(iso_14253(y, u, UNIT)) is iso


def test_a_decision_carries_its_rule_and_source():
    decision = guarded_acceptance(0.5, 0.1, UNIT)
    assert (decision.rule, decision.source) == ("guarded acceptance, w = 1 U", "ILAC-G8:09/2019, 4.2.2")
    assert decision.probability == pytest.approx(1.0, abs=1e-5)


def test_guarded_acceptance_keeps_the_specific_risk_below_one_in_forty():
    assert specific_risk(0.8, 0.1, UNIT) <= 0.025


def test_probability_rule():
    assert isinstance(probability_rule(0.0, 0.1, UNIT), Pass)
    assert isinstance(probability_rule(1.0, 0.1, UNIT), Indeterminate)
    assert isinstance(probability_rule(2.0, 0.1, UNIT), Fail)


@pytest.mark.parametrize(
    ("error", "expanded", "kind"),
    [
        (1.0, 0.3, Pass),
        (-1.0, 1 / 3, Pass),
        (1.01, 0.3, Fail),
        (0.6, 0.4, Pass),
        (0.61, 0.4, Indeterminate),
        (-1.39, 0.4, Indeterminate),
        (1.4, 0.4, Fail),
    ],
)
def test_jjf_1094(error, expanded, kind):
    assert type(jjf_1094(error, expanded, 1.0)) is kind


def test_capability_index():
    assert capability_index(UNIT, 0.125) == pytest.approx(4.0)


def test_wrong_use_is_refused():
    with pytest.raises(EmptyInterval):
        Interval(1, 1)
    with pytest.raises(EmptyInterval):
        UNIT.guarded(1.5)
    with pytest.raises(BadNumber):
        conformance_probability(0, 0, UNIT)
    with pytest.raises(BadNumber):
        jjf_1094(0, 0.1, 0)
    with pytest.raises(RiskOutOfReach):
        rejection_limit(100, 0.999, relative_u=0.5)
