"""Verdicts on made-up districts: every state and every reason, and what must not change them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.balance import (
    TEMPLATES,
    BadValue,
    Gauge,
    UnknownDomain,
    evaluate,
    evaluate_network,
    statistics,
    verdict_to_dict,
)
from hengliang.metrology.balance.topology import Misplaced, swapped
from tests.metrology.balance.district import MONDAY, district

LIMIT = 0.02


def verdict(**how):
    return evaluate(statistics(district(**how)[0]), limit=LIMIT)


def codes(found) -> set[str]:
    return {meter.reason.code for meter in found.meters}


def test_a_slow_meter_is_suspect_and_negative():
    found = verdict(errors={3: -0.06})
    assert found.state == "judged"
    assert [m.meter for m in found.meters if m.state == "suspect"] == ["m3"]
    slow = found.meters[3]
    assert slow.error == pytest.approx(-0.06, abs=4 * slow.u_stat)
    assert slow.reason.code == "beyond_limit" and slow.probability_beyond > 0.95
    assert sum(m.state == "good" for m in found.meters) > 15
    assert found.loss == pytest.approx(0.027, abs=0.01)


def test_errors_lie_in_their_intervals():
    inside = []
    for seed in range(12):
        data, truth = district(seed=seed, n=25)
        found = evaluate(statistics(data), limit=LIMIT)
        inside += [m.interval[0] <= e <= m.interval[1] for m, e in zip(found.meters, truth, strict=True)]
    assert np.mean(inside) >= 0.93  # wide rather than narrow: the loss here is exactly as modelled


def test_probabilities_are_those_of_the_wrong_meters():
    """Over many nodes the probabilities add up to the number that are beyond the limit."""
    expected, wrong = 0.0, 0
    rng = np.random.default_rng(5)
    for seed in range(15):
        bad = {int(j): float(rng.uniform(0.021, 0.08) * rng.choice([-1, 1])) for j in rng.choice(25, 1)}
        found = verdict(seed=100 + seed, n=25, errors=bad)
        expected += sum(m.probability_beyond for m in found.meters)
        wrong += len(bad)
    assert expected == pytest.approx(wrong, rel=0.25)


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_meters_does_not_matter(order):
    plain = {m.meter: m for m in verdict(n=12, errors={1: 0.05}).meters}
    other = verdict(n=12, errors={1: 0.05}, order=np.array(order))
    for meter in other.meters:
        assert meter.error == pytest.approx(plain[meter.meter].error, abs=1e-5)
        assert meter.state == plain[meter.meter].state


@settings(max_examples=5, deadline=None)
@given(st.sampled_from([1e-3, 0.5, 3.6, 1e3]))
def test_the_unit_does_not_matter(unit):
    plain, other = verdict(n=12, errors={1: 0.05}), verdict(n=12, errors={1: 0.05}, unit=unit)
    assert [m.state for m in other.meters] == [m.state for m in plain.meters]
    assert [m.error for m in other.meters] == pytest.approx([m.error for m in plain.meters], abs=1e-4)


def test_no_meter_beyond_reach_gets_a_verdict():
    found = verdict(n=60, weeks=12, period=86400, errors={1: 0.05})
    for meter in found.meters:
        reach = np.inf if meter.limit_stat is None else np.hypot(meter.limit_stat, meter.u_gauge)
        assert meter.state == "undeterminable" or reach <= LIMIT
    assert "not_identifiable" in codes(found)


def test_gaps_are_bridged_and_priced():
    some, none = verdict(gaps=0.01, errors={3: -0.06}), verdict(errors={3: -0.06})
    assert some.meters[3].state == "suspect"
    assert np.median([m.limit_stat for m in some.meters]) > np.median([m.limit_stat for m in none.meters])


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"master": False}, "no_master"),
        ({"gaps": 0.4}, "node_gaps"),
        ({"n": 40, "weeks": 5, "period": 86400}, "too_few_periods"),
        ({"foreign": 1}, "foreign_meter"),
        ({"absent": 1, "candidates": 1}, "missing_meter"),
        ({"n": 30, "absent": 4}, "residual_large"),
    ],
)
def test_a_node_that_can_not_be_judged_says_why(how, code):
    found = verdict(**how)
    assert (found.state, found.reason.code) == ("undeterminable", code)
    assert {m.state for m in found.meters} == {"undeterminable"}
    assert {m.error for m in found.meters} == {None}
    assert codes(found) == {"node_undeterminable"}


def test_a_master_far_off_leaves_the_balance_open():
    data, _ = district()
    found = evaluate(statistics(replace(data, inflow=data.inflow * 1.06)), limit=LIMIT)
    assert found.reason.code == "balance_open"
    assert found.reason.params["excess"] == pytest.approx(0.06, abs=0.01)


def test_a_master_that_counts_nothing():
    data, _ = district(n=3)
    still = replace(data, inflow=np.zeros(data.periods))
    assert evaluate(statistics(still), limit=LIMIT).reason.code == "no_inflow"


def test_swapped_meters_are_told_with_both_nodes():
    left, right = swapped_neighbours()
    found = evaluate_network([statistics(left), statistics(right)], limit=LIMIT)
    assert [v.reason.code for v in found] == ["swapped_meters", "swapped_meters"]
    assert found[0].reason.params == {"meter": "b0", "other": "a0", "node": "A", "elsewhere": "B"}
    assert {m.state for v in found for m in v.meters} == {"undeterminable"}


def test_more_meters_one_way_than_back_are_foreign_and_not_swapped():
    """Two of A's list hang on B, one of B's on A: which of the two was changed for it, no balance can tell."""
    members = {"A": frozenset({"a1", "b0", "b1"}), "B": frozenset({"b2", "a0"})}
    found = {
        "A": [Misplaced("a0", False, 1.0), Misplaced("b0", True, -1.0), Misplaced("b1", True, -1.0)],
        "B": [Misplaced("b0", False, 1.0), Misplaced("b1", False, 1.0), Misplaced("a0", True, -1.0)],
    }
    assert swapped(found, members) == {}
    back = {"A": found["A"][:2], "B": [found["B"][0], found["B"][2]]}
    pairs = swapped(back, members)
    assert [pairs[node][0].params["other"] for node in "AB"] == ["a0", "b0"]


def test_no_meter_is_foreign_where_the_loss_has_taken_up_all_of_them():
    found = verdict(n=40, absent=2, candidates=2, seed=2)
    assert found.state == "undeterminable"
    assert "foreign_meter" not in {one.code for one in found.topology}


def test_a_theft_that_makes_the_balance_scatter_is_named_as_where_to_look():
    found = verdict(n=30, step=(4, -0.6), seed=3)
    assert (found.state, found.reason.code) == ("undeterminable", "residual_step")
    assert found.reason.params["meter"] == "m4"
    assert found.reason.params["step"] == pytest.approx(-0.6, abs=0.1)
    begun = datetime.fromtimestamp(MONDAY + 14 * 86400, UTC).date()
    assert abs((date.fromisoformat(found.reason.params["since"]) - begun).days) <= 7
    assert {meter.error for meter in found.meters} == {None}
    assert not str(found.meters[0].reason).endswith("..")


def swapped_neighbours():
    """Nodes A and B whose meters a0 and b0 are listed at each other's node; each knows the other's as candidates."""
    a, b = district(seed=1, n=10)[0], district(seed=2, n=10)[0]
    ids = [[replace(m, id=f"{x}{k}") for k, m in enumerate(d.meters)] for x, d in (("a", a), ("b", b))]
    rows = [a.increments, b.increments]
    made = []
    for k, (name, own, other) in enumerate((("A", 0, 1), ("B", 1, 0))):
        meters = [ids[other][0], *ids[own][1:], replace(ids[own][0], member=False)]
        meters += [replace(m, member=False) for m in ids[other][1:4]]
        meters[0] = replace(meters[0], member=True)
        increments = np.concatenate([rows[other][:1], rows[own][1:], rows[own][:1], rows[other][1:4]])
        data = (a, b)[k]
        made.append(replace(data, node=name, meters=tuple(meters), increments=increments, missing=np.zeros(14)))
    return made


def test_a_step_is_dated_and_judged_by_what_came_after():
    found = verdict(n=15, weeks=8, step=(4, -0.05), errors={4: 0.0})
    changed = found.meters[4]
    assert changed.state == "suspect"
    onset = changed.onset
    assert onset.earliest <= MONDAY + 4 * 7 * 86400 <= onset.latest
    assert onset.after - onset.before == pytest.approx(-0.05, abs=4 * onset.u_step + 0.005)
    assert sum(m.onset is not None for m in found.meters) == 1


def test_a_meter_that_stands_still_from_some_day_has_no_step():
    data, _ = district(n=10, weeks=6)
    still = data.increments.copy()
    inflow = data.inflow.copy()
    inflow[400:] -= still[2, 400:]
    still[2, 400:] = 0.0
    found = evaluate(statistics(replace(data, increments=still, inflow=inflow)), limit=LIMIT)
    assert found.meters[2].onset is None


def test_a_step_that_the_mean_hides_is_found():
    found = verdict(n=15, weeks=8, step=(4, -0.036), errors={4: 0.0}, gauge=Gauge(0.002))
    assert (found.meters[4].state, found.meters[4].reason.code) == ("suspect", "step_beyond")


def test_meters_that_can_not_be_judged_say_why():
    data, _ = district(n=8)
    idle = data.increments.copy()
    inflow = data.inflow - idle[0]
    idle[0] = 0.0
    gaps = np.array([0.0, 0.5, 0, 0, 0, 0, 0, 0])
    meters = (*data.meters[:2], replace(data.meters[2], gauge=0.03), *data.meters[3:])
    changed = replace(data, increments=idle, inflow=inflow, missing=gaps, meters=meters)
    found = evaluate(statistics(changed), limit=LIMIT)
    assert [m.reason.code for m in found.meters[:3]] == ["no_load", "meter_gaps", "gauge_exceeds"]


def test_a_load_that_is_the_copy_of_another_is_not_identifiable_at_all():
    data, _ = district(n=6)
    twin = data.increments.copy()
    twin[1] = twin[0]
    found = evaluate(
        statistics(replace(data, increments=twin, inflow=data.inflow - data.increments[1] + twin[0])), limit=LIMIT
    )
    assert codes(found) == {"not_identifiable_at_all"}


def test_what_lies_between_is_undecided():
    seen = {code for e in (0.019, 0.02, 0.021) for code in codes(verdict(n=12, errors={0: e}))}
    assert "undecided" in seen


def test_verdicts_are_json_with_texts():
    plain = verdict_to_dict(verdict(n=5))
    assert plain["meters"][0]["reason"]["text"].startswith("The error lies within ±2.00%")
    assert set(plain) >= {"node", "state", "reason", "meters"}


def test_bad_questions_are_refused():
    stats = statistics(district(n=5, weeks=1)[0])
    with pytest.raises(BadValue, match="the limit is 2"):
        evaluate(stats, limit=2)
    with pytest.raises(UnknownDomain, match="choose one of electricity"):
        evaluate(replace(stats, domain="cheese"), limit=LIMIT)


def test_every_template_can_be_filled():
    for code, template in TEMPLATES.items():
        assert template.strip() and code.islower()
