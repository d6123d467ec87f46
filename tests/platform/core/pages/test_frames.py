"""A frame keeps the words of the house, and nothing of what any page says about an object."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from hengliang.platform.core.pages import frames
from hengliang.platform.core.pages.frames import framed

ANSWER = "core/citizen/answer.html"


@pytest.fixture(autouse=True)
def no_frames_yet(settings):
    settings.ROOT_URLCONF = "tests.platform.core.pages.urls"
    frames._frame.cache_clear()


def page(path="/c/ABC", cookies=None, tone="good", **values):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies or {})
    told = {"title": "Q", "question": "Q", "answer": "Yes.", "answer_more": "", "evidence": "", **values}
    return framed(request, ANSWER, told, answer_tone=tone)


def text(**told):
    return page(**told).content.decode()


def test_each_reader_gets_his_own_values_from_one_frame():
    first, second = text(question="Is the scale in order?"), text(question="Is the pump in order?", path="/c/XYZ")
    assert "Is the scale in order?" in first and "Is the scale" not in second
    assert "Is the pump in order?" in second and 'value="/c/XYZ"' in second
    assert frames._frame.cache_info().misses == 1


def test_what_is_kept_holds_no_value():
    text(question="Is the scale in order?", answer="withdrawn today")
    pieces = frames._frame(ANSWER, "en", frozenset({"title", "question", "answer", "path"}), (
        ("answer_tone", "good"), ("theme", "auto"), ("training", False)))  # fmt: skip
    assert not any(word in one for word in ("Is the scale", "withdrawn", "ABC") for one in pieces)
    assert {"title", "question", "answer", "path"} == set(pieces[1::2])


def test_values_are_escaped_wherever_they_stand():
    answer = text(title="<b>", question="<script>", answer="a & b", path="/c/A?x=%22%3E<i>")
    assert "<script>" not in answer and "&lt;script&gt;" in answer and "a &amp; b" in answer
    assert "<title>&lt;b&gt;" in answer and "<i>" not in answer


def test_an_empty_value_is_empty_in_the_template():
    assert "answer-more" not in text()
    assert "answer-more" in text(answer_more="Valid until 2027-03-01.")


def test_language_theme_tone_and_training_have_frames_of_their_own(settings):
    assert "state-bad" in text(tone="bad") and "state-good" in text()
    assert 'data-theme="dark"' in text(cookies={"theme": "dark"}) and 'data-theme="auto"' in text()
    with translation.override("zh-hans"):
        assert "跳到正文" in text()
    assert "Skip to content" in text()
    settings.TRAINING = True
    assert "data-training" in text()
    settings.TRAINING = False
    assert "data-training" not in text()


def test_who_keeps_the_answer_on_the_way_is_told_by_what_it_differs():
    assert "Cookie" in page().headers["Vary"]
