import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from hengliang.platform.core.pages import values
from hengliang.platform.core.pages.values import THIN, Absent


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234, None, "1234"),
        (12345, None, f"12{THIN}345"),
        (1234567.5, 2, f"1{THIN}234{THIN}567.50"),
        (-0.25, 2, "\u22120.25"),
        (Decimal("10.050"), None, "10.050"),
        (0, None, "0"),
    ],
)
def test_numbers_are_grouped_and_keep_their_digits(value: float, digits: int | None, text: str) -> None:
    assert values.number_text(value, digits) == text


def test_unit_stays_with_its_number() -> None:
    assert values.quantity(30, "kg") == f'<span class="q">30<span class="u">{THIN}kg</span></span>'


def test_text_in_a_quantity_is_escaped() -> None:
    assert "<b>" not in values.quantity("<b>", "<i>")


def test_nothing_absent_looks_like_zero_or_like_another_absence() -> None:
    shown = {values.quantity(why, "kg") for why in Absent} | {values.quantity(0, "kg")}
    assert len(shown) == len(Absent) + 1
    assert all("0" not in values.quantity(why) for why in Absent)


@pytest.mark.parametrize(
    ("days", "words"), [(0, "due today"), (1, "in 1 day"), (3, "in 3 days"), (-1, "1 day overdue")]
)
def test_the_due_day_itself_is_not_overdue(days: int, words: str) -> None:
    on = dt.date(2026, 2, 27)
    assert values.due_words(on + dt.timedelta(days=days), on) == words


def test_a_moment_is_shown_in_local_time() -> None:
    at = dt.datetime(2026, 11, 18, 20, 5, tzinfo=dt.UTC)
    assert ">2026-11-19 04:05<" in values.moment(at)
    assert ">2026-11-19<" in values.day(at)


def test_shown_speaks_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        assert values.shown(True) == "是"
