"""Lots: what must be drawn and what follows, held against exact enumeration."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.balance import Belief, LotRule, belief_of, judge_lot, plan_lot
from hengliang.metrology.balance.belief import at_most, surprise
from hengliang.metrology.balance.errors import BadValue
from hengliang.metrology.balance.wire import lot_to_dict
from hengliang.metrology.sampling import characteristic, limiting_quality_plan

RULE = LotRule(quality=0.05, risk=0.1, producer_risk=0.05, producer_quality=0.005, least=0.3, most=3.0)
SOUND = Belief(1.0 + 200 * 0.005, 1.0 + 200 * 0.995)


def test_beta_binomial_by_hand():
    """Beta(2, 1) and two meters: E[(1-p)²] = 1/6, E[2p(1-p)] = 1/3, E[p²] = 1/2."""
    belief = Belief(2.0, 1.0)
    assert at_most(belief, 2, 0) == pytest.approx(1 / 6)
    assert at_most(belief, 2, 1) == pytest.approx(1 / 2)
    assert at_most(belief, 2, 2) == 1.0
    assert at_most(belief, 2, -1) == 0.0


def test_the_posterior_of_a_finite_lot_is_that_of_enumeration():
    """Every lot of 12 with its probability by the belief, every sample of 5 from it: Bayes by counting."""
    lot, n, d, belief = 12, 5, 1, Belief(1.5, 6.0)
    prior = np.diff([at_most(belief, lot, k) for k in range(-1, lot + 1)])
    from scipy.stats import hypergeom

    seen = prior * [hypergeom.pmf(d, lot, k, n) for k in range(lot + 1)]
    worse = seen[4:].sum() / seen.sum()
    rule = LotRule(0.25, 0.1, 0.05, 0.01, 0.0, 99.0)
    assert judge_lot(plan_lot(lot, rule, belief), n, d).probability_worse == pytest.approx(worse, rel=1e-9)


def test_the_plain_plan_is_that_of_limiting_quality():
    plan = plan_lot(10_000, RULE)
    assert plan.fused is None
    ac = plan.plain.stages[0].ac
    assert plan.plain == limiting_quality_plan(10_000, 0.05, ac).plan
    assert characteristic(plan.plain, 0.005, lot=10_000).accept >= 0.95
    smaller = limiting_quality_plan(10_000, 0.05, ac - 1).plan
    assert characteristic(smaller, 0.005, lot=10_000).accept < 0.95


def test_a_sound_balance_makes_the_sample_smaller_but_never_nothing():
    plan = plan_lot(10_000, RULE, SOUND)
    assert plan.fused.n < plan.plain.n
    assert plan.fused.n >= RULE.least * plan.plain.n
    point = plan.characteristics[0]
    assert point.plain == point.fused == 1.0
    assert [p.fused for p in plan.characteristics] == sorted([p.fused for p in plan.characteristics], reverse=True)


def test_a_bad_balance_says_that_no_sample_would_clear_the_lot():
    plan = plan_lot(5000, RULE, Belief(1 + 40, 1 + 160))
    assert plan.fused is None
    assert plan.plain is None
    assert judge_lot(plan, 50, 9).state == "reject"
    assert lot_to_dict(plan)["plain"] is None


def test_what_the_plans_accept_is_accepted_and_one_more_is_not():
    for belief in (None, SOUND):
        plan = plan_lot(3000, RULE, belief)
        chosen = plan.fused or plan.plain
        ac = chosen.stages[0].ac
        assert judge_lot(plan, chosen.n, ac).state == "accept"
        assert judge_lot(plan, chosen.n, ac + 1).state != "accept"


def test_a_sample_that_contradicts_the_balance_sets_it_aside():
    plan = plan_lot(3000, RULE, SOUND)
    found = judge_lot(plan, 60, 5)
    assert found.contradiction
    assert found.state == found.plain == "undeterminable"
    assert found.reason.code == "lot_contradiction"
    assert judge_lot(plan, 100, 12).state == "reject"


def test_too_small_a_sample_clears_nothing_whatever_it_shows():
    plan = plan_lot(3000, RULE, SOUND)
    found = judge_lot(plan, 5, 0)
    assert (found.state, found.reason.code) == ("undeterminable", "lot_sample_small")


def test_what_is_known_of_the_whole_lot_needs_no_probability():
    assert judge_lot(plan_lot(100, RULE), 100, 5).state == "accept"
    assert judge_lot(plan_lot(100, RULE), 100, 6).state == "reject"


def test_a_belief_has_the_moments_of_the_batch_and_is_bounded():
    """Eight tested meters, none beyond: Beta(1, 9); the same share known worse is worth less."""
    belief = belief_of(0.0, float(np.sqrt(9 / (100 * 11))), 8)
    assert (belief.a, belief.b) == (pytest.approx(1.0), pytest.approx(9.0))
    assert belief_of(0.02, 0.01, 500).variance == pytest.approx(1e-4, rel=1e-6)
    assert belief_of(0.02, 0.01, 500).bounded(50).worth == pytest.approx(50)
    assert belief.bounded(1e9) == belief
    assert belief_of(0.02, 0.01, 0) == Belief()
    assert belief.interval[0] < belief.mean < belief.interval[1]
    assert belief.below(belief.interval[1]) == pytest.approx(0.975)
    with pytest.raises(BadValue):
        belief_of(1.2, 0.01, 500)


def test_the_rule_bounds_what_the_balance_is_worth():
    usual = plan_lot(10_000, RULE).plain.n
    firm = Belief(1 + 50, 1 + 9950)
    assert plan_lot(10_000, replace(RULE, most=1.0), firm).belief.worth == pytest.approx(usual)
    assert plan_lot(10_000, replace(RULE, most=0.0), firm).fused is None


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_rule_without_sense_is_refused(value):
    with pytest.raises(BadValue, match="between 0 and 1"):
        LotRule(value, 0.1, 0.05, 0.005, 0.3, 1.0)
    with pytest.raises(BadValue, match="from 0 to 1"):
        LotRule(0.05, 0.1, 0.05, 0.005, 1.5, 1.0)


def test_impossible_samples_are_refused():
    with pytest.raises(BadValue):
        judge_lot(plan_lot(100, RULE), 20, 21)
    with pytest.raises(BadValue):
        plan_lot(0, RULE)


@settings(max_examples=15, deadline=None)
@given(st.integers(20, 4000), st.floats(0.02, 0.2), st.floats(0, 300), st.floats(0.0, 0.1))
def test_a_lot_at_the_quality_is_accepted_by_the_plain_plan_with_the_risk_at_most(lot, quality, worth, share):
    rule = LotRule(quality, 0.1, 0.05, quality / 10, 0.3, 1.0)
    plan = plan_lot(lot, rule, Belief(1 + worth * share, 1 + worth * (1 - share)))
    if plan.plain is not None:
        bad = int(np.ceil(quality * lot - 1e-9))
        assert characteristic(plan.plain, bad / lot, lot=lot).accept <= 0.1 + 1e-12


@given(st.integers(1, 60), st.floats(0.5, 5), st.floats(0.5, 50))
def test_surprise_is_a_probability(n, a, b):
    assert all(0 <= surprise(Belief(a, b), n, d) <= 1 for d in range(n + 1))
