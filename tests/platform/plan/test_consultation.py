"""A draft stands open, anybody comments, each comment has its answer, and the summary closes it."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, TransitionRefused
from hengliang.platform.core.models import LogEntry
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models import Comment, Consultation
from hengliang.platform.plan.services import (
    comment_answer,
    comment_enter,
    comment_publish,
    comment_withhold,
    consultation_close,
    consultation_open,
)
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db
CITIZEN = Actor.anonymous(NOW)
TODAY = CITIZEN.today
CLAUSES = [("一", "到2027年,新建社会公用计量标准60项以上。"), ("二", "每年检查加油机。")]


@pytest.fixture(autouse=True)
def english(language):
    with override("en"):
        yield


def opened(cast, days: int = 30, because: str = "") -> Consultation:
    return consultation_open(
        actor=cast.actor("authority"), region=cast.city, title="计量发展实施意见(征求意见稿)", opens_on=TODAY,
        closes_on=TODAY + timedelta(days=days), clauses=CLAUSES, short_because=because,
    )  # fmt: skip


def said(shown: Consultation, text: str = "标准数量偏少。", address: str = "192.0.2.1", at: int = 0) -> Comment:
    actor = Actor.anonymous(NOW + timedelta(minutes=at))
    return comment_enter(actor=actor, consultation=shown, said=text, address=address, clause=shown.clauses.first())


def test_a_short_term_needs_its_reason(cast) -> None:
    with pytest.raises(InputRefused, match="30 days") as refused:
        opened(cast, days=8)
    assert refused.value.field == "short_because"
    assert opened(cast, days=8, because="工作需要,急需出台").short_because
    assert opened(cast).clauses.count() == 2


def test_only_the_authority_of_the_region_puts_a_draft_up(cast) -> None:
    for name in ("owner", "foreign_authority", "auditor", "administrator"):
        with pytest.raises(NotPermitted):
            consultation_open(
                actor=cast.actor(name), region=cast.city, title="稿", opens_on=TODAY,
                closes_on=TODAY + timedelta(days=30), clauses=CLAUSES,
            )  # fmt: skip


def test_comments_are_bounded_and_nobody_sees_them_before_they_were_read(cast) -> None:
    shown = opened(cast)
    made = said(shown, "我家住中山路,电话13805710000。")
    assert made.personal
    assert not shown.comments.shown().exists()
    assert "192.0.2.1" not in made.sender
    for text in ("", "长" * 4001):
        with pytest.raises(InputRefused, match="4000"):
            said(shown, text)
    for minute in range(1, 5):
        said(shown, at=minute)
    with pytest.raises(InputRefused, match="Too many"):
        said(shown, at=5)
    assert said(shown, address="192.0.2.2", at=5).pk
    assert said(shown, at=70).pk
    late = Actor.anonymous(NOW + timedelta(days=40))
    with pytest.raises(Blocked, match="not open"):
        comment_enter(actor=late, consultation=shown, said="晚了", address="192.0.2.9")


def test_no_word_of_a_comment_stands_in_the_log(cast) -> None:
    made = said(opened(cast), "请联系张三13805710000")
    assert made.act.content == {"comment": made.pk}
    assert not any("张三".encode() in bytes(one.entry) or "张三" in str(one.payload) for one in LogEntry.objects.all())


def test_each_comment_has_its_answer_before_it_closes(cast) -> None:
    shown, authority = opened(cast), cast.actor("authority")
    first, second = said(shown), said(shown, "广告", address="192.0.2.3")
    comment_publish(actor=authority, comment=first, shown_text="标准数量偏少。")
    comment_withhold(actor=authority, comment=second, reason="广告")
    assert [one.shown_text for one in shown.comments.shown()] == ["标准数量偏少。"]
    later = cast.actor("authority", NOW + timedelta(days=31))
    with pytest.raises(Blocked, match="open until"):
        consultation_close(actor=authority, consultation=shown, summary="共2条")
    with pytest.raises(Blocked, match="1 comments"):
        consultation_close(actor=later, consultation=shown, summary="共2条")
    comment_answer(actor=later, comment=first, answer="采纳,改为80项。", accepted=True)
    with pytest.raises(InputRefused, match="Sum up"):
        consultation_close(actor=later, consultation=shown, summary=" ")
    assert consultation_close(actor=later, consultation=shown, summary="共2条,采纳1条。").state == "closed"


def test_foreign_eyes(cast) -> None:
    shown = opened(cast)
    assert not Consultation.objects.visible_to(cast.actor("foreign_authority")).exists()
    assert not Comment.objects.visible_to(cast.actor("owner")).exists()
    assert Consultation.objects.visible_to(cast.actor("auditor")).get() == shown


def test_what_was_overlooked_is_taken_out_later_also_once_it_is_answered(cast) -> None:
    shown, authority = opened(cast), cast.actor("authority")
    one = said(shown, "标准偏少,请联系张三13805710000。")
    comment_publish(actor=authority, comment=one, shown_text=one.said)
    comment_answer(actor=authority, comment=one, answer="采纳。", accepted=True)
    comment_publish(actor=authority, comment=one, shown_text="标准偏少,请联系…。")
    assert (one.state, one.shown_text, one.answer, one.shortened) == ("answered", "标准偏少,请联系…。", "采纳。", True)
    comment_withhold(actor=authority, comment=one, reason="含个人信息")
    assert (one.state, one.shown_text) == ("withheld", "")
    assert list(shown.comments.shown()) == []


@pytest.mark.parametrize("words", ["标准偏少（已篡改）", "少偏准标", "标准偏少。采纳"])
def test_no_word_is_put_in_that_was_not_said(cast, words) -> None:
    one = said(opened(cast), "标准偏少")
    with pytest.raises(InputRefused, match="not said so"):
        comment_publish(actor=cast.actor("authority"), comment=one, shown_text=words)


def test_a_step_that_is_not_possible_is_named_in_words(cast) -> None:
    one = said(opened(cast))
    with pytest.raises(TransitionRefused) as refused:
        comment_answer(actor=cast.actor("authority"), comment=one, answer="采纳", accepted=True)
    assert "comment_answer" not in str(refused.value)
    assert "Answer a comment" in str(refused.value)
