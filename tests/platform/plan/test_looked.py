"""Other rows of the same thing, matched as arrays: the same answers as row by row."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.plan.engine.looked import days_of, keys, things_of, times

_THING, _DAY = st.integers(1, 2**26), st.integers(-100_000, 100_000)
_ROWS = st.lists(st.tuples(_THING, _DAY), min_size=1, max_size=30)


def _columns(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    both = np.array(rows, np.int64)
    return both[:, 0], both[:, 1]


@given(_ROWS)
def test_a_key_tells_its_thing_and_its_day_and_keeps_their_order(rows: list[tuple[int, int]]) -> None:
    things, days = _columns(rows)
    made = keys(things, days)
    assert things_of(made).tolist() == things.tolist()
    assert days_of(made).tolist() == days.tolist()
    assert [rows[place] for place in np.argsort(made, kind="stable")] == sorted(rows)


@given(_ROWS, _DAY)
def test_a_key_of_two_days_is_equal_for_equal_ones_only(rows: list[tuple[int, int]], second: int) -> None:
    things, days = _columns(rows)
    first, other = keys(things, days, np.full(len(rows), second)), keys(things, days, np.full(len(rows), second + 1))
    assert len(set(first.tolist())) == len(set(rows))
    assert not set(first.tolist()) & set(other.tolist())


def test_a_day_that_never_comes_lies_behind_every_other() -> None:
    made = keys(np.array([7, 7, 8]), np.array([2**31 - 1, 30_000, -100_000]))
    assert made[1] < made[0] < made[2]


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(0, 9))
def test_how_often_a_number_stands(among: list[int], sought: int) -> None:
    assert times(np.array([sought]), np.sort(np.array(among, np.int64))).tolist() == [among.count(sought)]
