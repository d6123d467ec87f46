"""Single faults by hand: what is found, and what an evaluation still gets."""

import numpy as np
import pytest

from hengliang.readings.checks.finding import Fault, Tally
from hengliang.readings.checks.grade import grade_of
from hengliang.readings.checks.series import examine_amounts, examine_register
from hengliang.readings.checks.window import examine
from hengliang.readings.model import MISSING, Flag, Series


def course(count=400, step=7, start=123_456):
    return start + np.arange(count, dtype=np.int64) * step


def faults(values):
    events, clean = examine_register(values)
    return [(one.fault, one.begin, one.end) for one in events], clean


def test_a_clean_register_has_no_faults():
    found, clean = faults(course())
    assert found == []
    assert (clean == course()).all()


def test_a_rollover_is_unwrapped():
    values = course(start=99_998_000)
    found, clean = faults(values % 10**8)
    assert [one[0] for one in found] == [Fault.ROLLOVER]
    assert (np.diff(clean) == 7).all()


def test_a_reset_goes_on_from_where_it_was():
    values = course()
    values[200:] -= values[200]
    found, clean = faults(values)
    assert found == [(Fault.RESET, 200, 200)]
    assert (np.diff(clean) >= 0).all()
    assert clean[-1] - clean[200] == 7 * 199


@pytest.mark.parametrize("size", [5_000, -5_000, 90_000_000])
def test_a_spike_is_taken_out_and_nothing_else(size):
    values = course()
    values[100:102] += size
    found, clean = faults(values)
    assert found == [(Fault.SPIKE, 100, 101)]
    assert (clean[100:102] == MISSING).all()
    assert (np.delete(clean, [100, 101]) == np.delete(course(), [100, 101])).all()


@pytest.mark.parametrize("factor", [10, 1000])
def test_a_run_in_another_unit(factor):
    values = course()
    values[100:180] *= factor
    found, clean = faults(values)
    assert found == [(Fault.UNIT, 100, 179)]
    assert (clean[100:180] == MISSING).all()


def test_a_register_that_runs_back():
    values = course(start=10_000_000)
    values[300:] -= 2_000
    found, _ = faults(values)
    assert found == [(Fault.NEGATIVE, 300, 300)]


def test_amounts_can_be_negative_or_beyond_reason():
    rng = np.random.default_rng(2)
    values = rng.integers(5, 60, 500)
    values[50], values[200] = -4, 90_000
    values[300:330] *= 1000
    events, clean = examine_amounts(values.astype(np.int64))
    assert {(one.fault, one.begin, one.end) for one in events} == {
        (Fault.NEGATIVE, 50, 50),
        (Fault.SPIKE, 200, 200),
        (Fault.UNIT, 300, 329),
    }
    assert (clean == MISSING).sum() == 32


def test_an_hourly_master_among_quarter_hours_has_no_gaps():
    values = np.stack([course(96), course(96)])
    values[1, np.arange(96) % 4 > 0] = MISSING
    found = examine([Series("A"), Series("B")], values, None, 0, 900)
    assert found.findings == ()
    assert (found.expected, found.present) == (96 + 24, 120)


def test_a_gap_is_told_with_place_and_length():
    values = np.stack([course(96), course(96)])
    values[0, 40:50] = MISSING
    (gap,) = examine([Series("A"), Series("B")], values, None, 0, 900).findings
    assert (gap.fault, gap.meter, gap.second, gap.slots) == (Fault.GAP, "A", 40 * 900, 10)


def test_flagged_slots_are_not_evaluated():
    flags = np.zeros((1, 96), np.uint8)
    flags[0, 10:13] = Flag.SKEWED
    found = examine([Series("A")], course(96)[None, :], flags, 0, 900)
    assert [(one.fault, one.slots) for one in found.findings] == [(Fault.SKEW, 3)]
    assert (found.values[0, 10:13] == MISSING).all()
    assert found.usable == 93


def test_standing_is_told_only_where_it_is_unusual():
    rng = np.random.default_rng(6)
    moving = np.cumsum(rng.integers(1, 20, 2880))
    moving[1000:1500] = moving[1000]
    moving[1500:] -= moving[1500] - moving[1000]
    idle = np.cumsum(rng.random(2880) < 0.01)
    found = examine([Series("A"), Series("B")], np.stack([moving, idle]).astype(np.int64), None, 0, 900)
    assert [(one.fault, one.meter) for one in found.findings] == [(Fault.STUCK, "A")]


def test_the_worst_share_decides_the_grade():
    tally = Tally(expected=1000, present=1000, usable=995, meters=10)
    assert grade_of(tally, rows=1000, refused=0).grade == "A"
    assert grade_of(tally, rows=1000, refused=30).grade == "C"
    assert grade_of(tally, rows=1000, refused=0, integrity=False).grade == "D"
    assert grade_of(Tally(expected=1000, usable=500, meters=1), rows=1, refused=0).grade == "D"


def test_tallies_of_partitions_add_up():
    found = examine([Series("A")], np.where(np.arange(96) % 50 == 49, MISSING, course(96))[None, :], None, 0, 900)
    one, two = Tally(), Tally()
    one.add(found.findings)
    two.add(found.findings)
    two.merge(one)
    assert two.events[Fault.GAP] == 2 * one.events[Fault.GAP]
    assert Tally.of_json(two.as_json()) == two


def test_numbers_that_fall_every_other_time_are_no_register_and_are_told_once():
    """Amounts under a wrong name, or a meter that runs back; searched spike by spike a month of it took minutes."""
    values = np.random.default_rng(4).integers(0, 900, 20_000)
    found, clean = faults(values)
    assert found == [(Fault.NEGATIVE, 0, len(values) - 1)]
    assert (clean == MISSING).all()
