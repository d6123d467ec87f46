"""Numbers in Chinese prose. Vectors of our own making, by the rules of Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.policy.grammar.numerals import numbers, parse
from hengliang.policy.grammar.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10), ("十五", 15), ("二十", 20), ("一百零八", 108), ("三千一百", 3100), ("两万三千", 23000),
        ("一亿二千万", 120_000_000), ("1.2万", 12000), ("3千", 3000), ("1,200", 1200), ("2.5亿", 250_000_000),
        ("百分之九十八", 98), ("百分之九十八点五", 98.5), ("千分之五", 0.5), ("六成", 60),
        ("七成半", 75), ("0.1", 0.1),
    ],
)  # fmt: skip
def test_value(text: str, value: float) -> None:
    assert parse(text) == value


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_read_back(value: int) -> None:
    assert parse(in_chinese(value)) == value


def in_chinese(value: int) -> str:
    """Written by the plain rule: sections of four, each with 千 百 十, 零 for gaps."""
    if value >= 10_000:
        rest = value % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return in_chinese(value // 10_000) + "万" + gap + (in_chinese(rest) if rest else "")
    digits, words = "零一二三四五六七八九", ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += digits[digit] + name
        elif words and value % unit:
            words += "" if words.endswith("零") else "零"
    return words


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("1-2家", 1, 2),
        ("10至15名", 10, 15),
        ("五至八种", 5, 8),
        ("3—5项", 3, 5),
        ("10家至20家", 10, 20),
        ("1至2万户", 10000, 20000),
    ],
)
def test_range(text: str, value: float, upper: float) -> None:
    (found,) = quantities(text)
    assert (found.value, found.upper, found.bound) == (value, upper, "range")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("50项", "bare"), ("50项以上", "at_least"), ("不少于50项", "at_least"), ("至少50项", "at_least"),
        ("超过60项以上", "above"), ("突破60项", "above"), ("60余项", "above"), ("不超过60项", "at_most"),
        ("60项以内", "at_most"), ("60项左右", "around"), ("约60项左右", "about"), ("约60项", "about"),
        ("达到不少于60项", "at_least"),
    ],
)  # fmt: skip
def test_comparator(text: str, bound: str) -> None:
    (found,) = quantities(text)
    assert found.bound == bound


def test_money_keeps_its_myriads_in_the_unit() -> None:
    (found,) = quantities("产值达到50亿元")
    assert (found.value, found.unit) == (50, "亿元")


@pytest.mark.parametrize("text", ["统一部署", "零部件", "单一周期", "唯一标识"])
def test_words_are_no_numbers(text: str) -> None:
    assert [q for q in quantities(text) if q.kind != "none"] == []


def test_a_number_without_end_is_skipped() -> None:
    assert numbers("9" * 500) == []
