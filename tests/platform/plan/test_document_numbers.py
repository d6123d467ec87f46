"""One document, one number, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.plan.document_numbers import document_key, name_key, number_key

ONE = "衡科验字〔2026〕8号"


@pytest.mark.parametrize(
    "written",
    [
        "衡科验字[2026]8号", "衡科验字〔2026〕 8号", "衡科验字〔２０２６〕８号", "衡科验字【2026】8号",
        "衡科验字（2026）第8号", "衡科验字〔2026〕08号", "衡科验字〔二〇二六〕八号", "衡科验字 2026 8",
        "衡科验字〔2026〕8 号",        "衡科验字2026-8号",
    ],
)  # fmt: skip
def test_the_same_number_in_other_writing(written):
    assert number_key(written) == number_key(ONE)


@pytest.mark.parametrize(
    "other", ["衡科验字〔2026〕80号", "衡科验字〔2025〕8号", "衡科字〔2026〕8号", "衡科验字〔2026〕18号", "〔2026〕8号"]
)
def test_another_number(other):
    assert number_key(other) != number_key(ONE)


@pytest.mark.parametrize(
    ("words", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("一〇三", 103)]
)
def test_numbers_in_words(words, value):
    assert number_key(f"国发〔2021〕{words}号") == number_key(f"国发〔2021〕{value}号")


def test_the_authority_tells_where_the_number_does_not():
    assert document_key(ONE, "市科技局") == document_key(ONE, "衡城市科学技术局")
    bare = "〔2026〕8号"
    assert document_key(bare, "省市场监管局") == document_key(bare, "省市场监督管理局")
    assert document_key(bare, "省市场监管局") != document_key(bare, "省科技厅")


def test_names_without_blanks_and_quotes():
    assert name_key("“衡城” 计量基地（一期）") == name_key("衡城计量基地(一期)")


@given(st.text(max_size=60))
def test_whatever_is_written_has_a_key(written):
    assert number_key(written) == number_key(f" {written} ")
