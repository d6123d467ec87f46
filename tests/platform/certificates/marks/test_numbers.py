"""Numbers of marks and ranges of them, held against plain sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.certificates.marks.numbers import (
    Numbered,
    amount,
    joined,
    listed,
    run_of,
    runs,
    serials,
    taken_apart,
    within,
    without,
)
from hengliang.platform.core.errors import InputRefused

RANGES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=8
)


def members(ranges):
    return {serial for low, high in ranges for serial in range(low, high + 1)}


@given(RANGES, RANGES)
def test_what_is_taken_away_is_what_sets_say(ranges, taken):
    left = without(ranges, taken)
    assert members(left) == members(ranges) - members(taken)
    assert left == joined(left)
    assert amount(left) == len(members(left))
    assert list(serials(left)) == sorted(members(left))


@given(RANGES, st.integers(0, 60), st.integers(0, 9))
def test_within_is_what_sets_say(ranges, low, more):
    assert within(ranges, (low, low + more)) == (set(range(low, low + more + 1)) <= members(ranges))


def test_a_number_is_a_prefix_and_the_digits_at_its_end():
    assert taken_apart("衡检A000123") == Numbered("衡检A", 6, 123)
    assert taken_apart("衡检Ａ－０００１２３") == Numbered("衡检A-", 6, 123)
    assert taken_apart(" 2026 000001 ") == Numbered("", 10, 2026000001)
    assert taken_apart("A2-07") == Numbered("A2-", 2, 7)


@pytest.mark.parametrize("text", ["", "ABC", "12A", "1" * 16, "A" * 40 + "1", "\n"])
def test_what_ends_in_no_digits_is_no_number(text):
    with pytest.raises(InputRefused):
        taken_apart(text)


def test_runs_are_read_as_people_write_them():
    assert run_of("A007", "A120") == (Numbered("A", 3, 7), (7, 120))
    assert runs("A007 ~ A010；A011\nB1至B3") == {("A", 3): [(7, 11)], ("B", 1): [(1, 3)]}
    assert runs("A-07 - A-09") == {("A-", 2): [(7, 9)]}
    assert runs(" \n") == {}
    assert listed("A1, A2 A1\nA3") == ["A1", "A2", "A3"]
