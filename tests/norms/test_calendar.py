"""Working days: the official years, the years to come, counting forward and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.norms import WrongKind, norms
from hengliang.norms.calendar import Calendar, calendar_day_add, working_day_add, working_days_between

CHINA = Calendar.of(norms["calendar/china"])
DAYS = st.dates(date(2021, 1, 1), date(2028, 12, 31))


# Source: the State Council's notice for 2026 (2025-11-04), 一 to 七
@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 5, 9), True),
        (date(2026, 6, 19), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_the_notice_of_2026(day: date, works: bool):
    assert CHINA.is_working_day(day) is works


@pytest.mark.parametrize("year", range(2021, 2027))
def test_a_year_has_the_holidays_and_shifts_of_its_notice(year: int):
    value = norms["calendar/china"].at(date(year, 7, 1))
    off = [day for days in value.content["holidays"].values() for day in days]
    assert value.content["year"] == year
    assert len(off) == len(set(off))
    assert all(day.year == year and day.weekday() >= 5 for day in value.content["workdays"])
    assert not set(off) & set(value.content["workdays"])
    # 11 statutory days until 2024, 13 since 2025 (全国年节及纪念日放假办法); shifted weekends give back
    weekdays_off = sum(day.weekday() < 5 for day in off)
    statutory_on_weekdays = weekdays_off - len(value.content["workdays"])
    assert 7 <= statutory_on_weekdays <= 13


def test_seven_working_days_over_the_spring_festival():
    # own: from Friday 13 February 2026: Sat 14 (shifted), Tue 24 to Fri 27, Sat 28 (shifted), Mon 2
    assert working_day_add(CHINA, date(2026, 2, 13), 7).day == date(2026, 3, 2)


def test_years_without_a_notice_are_provisional():
    assert working_day_add(CHINA, date(2026, 12, 30), 1) == working_day_add(CHINA, date(2026, 12, 31), 0)
    assert not working_day_add(CHINA, date(2026, 12, 30), 1).provisional
    assert working_day_add(CHINA, date(2026, 12, 31), 1).provisional
    assert CHINA.is_working_day(date(2030, 1, 7))


def test_a_term_in_days_that_ends_on_a_holiday_moves_on():
    assert calendar_day_add(CHINA, date(2026, 9, 25), 6).day == date(2026, 10, 8)


def test_only_a_calendar_makes_a_calendar():
    with pytest.raises(WrongKind):
        Calendar.of(norms["period/verification"])


@given(DAYS, st.integers(1, 40))
def test_counting_forth_and_back_returns(day: date, count: int):
    start = working_day_add(CHINA, day, 0).day
    end = working_day_add(CHINA, start, count).day
    assert CHINA.is_working_day(end)
    assert working_days_between(CHINA, start, end) == count
    assert working_day_add(CHINA, end, -count).day == start


@given(DAYS, st.integers(0, 30))
def test_more_working_days_end_later(day: date, count: int):
    start = working_day_add(CHINA, day, 0).day
    assert working_day_add(CHINA, start, count + 1).day > working_day_add(CHINA, start, count).day
