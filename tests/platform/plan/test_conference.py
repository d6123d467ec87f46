"""A joint conference: members by day, meetings, resolutions with an owner and a term, follow-up."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted
from hengliang.platform.plan.models import Conference, Resolution
from hengliang.platform.plan.services import (
    Resolved,
    conference_found,
    follow_up,
    meeting_hold,
    member_join,
    member_leave,
    resolution_close,
    resolution_reopen,
)
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(language):
    with override("en"):
        yield


@pytest.fixture
def conference(cast) -> Conference:
    authority = cast.actor("authority")
    made = conference_found(
        actor=authority, region=cast.city, title="衡城市计量工作联席会议", basis="衡政办〔2025〕1号"
    )
    member_join(actor=authority, conference=made, name="市财政局", on=authority.today - timedelta(days=90))
    member_join(
        actor=authority, conference=made, name="", organisation=cast.body, on=authority.today - timedelta(days=90)
    )
    return made


def resolved(cast, conference: Conference) -> Resolution:
    actor = cast.actor("authority")
    day = actor.today - timedelta(days=20)
    told = [Resolved("落实计量经费", cast.body.name, day + timedelta(days=10)), Resolved("制定方案", "市财政局")]
    meeting = meeting_hold(
        actor=actor, conference=conference, title="第一次会议", on=day, present=["市财政局"], resolved=told
    )
    return meeting.resolutions.first()


def test_only_who_belonged_on_the_day_attends_and_answers(cast, conference) -> None:
    actor = cast.actor("authority")
    with pytest.raises(InputRefused, match="市科技局"):
        meeting_hold(
            actor=actor, conference=conference, title="会", on=actor.today, resolved=[Resolved("做事", "市科技局")]
        )
    with pytest.raises(InputRefused, match="already"):
        member_join(actor=actor, conference=conference, name="市财政局", on=actor.today)
    member_leave(actor=actor, member=conference.members.get(name="市财政局"), on=actor.today, reason="机构改革")
    with pytest.raises(InputRefused, match="市财政局"):
        meeting_hold(actor=actor, conference=conference, title="会", on=actor.today, present=["市财政局"])
    assert meeting_hold(
        actor=actor, conference=conference, title="会", on=actor.today - timedelta(days=1), present=["市财政局"]
    ).present == ["市财政局"]


def test_a_resolution_is_followed_to_its_end(cast, conference) -> None:
    resolution, authority, manager = resolved(cast, conference), cast.actor("authority"), cast.actor("manager")
    assert resolution.shown_state(authority.today) == "overdue"
    with pytest.raises(Blocked, match="Nobody has said"):
        resolution_close(actor=authority, resolution=resolution, reason="完成")
    with pytest.raises(NotPermitted):
        follow_up(actor=cast.actor("owner"), resolution=resolution, on=authority.today, says="办了")
    follow_up(actor=manager, resolution=resolution, on=manager.today, says="经费已到位")
    assert (
        resolution_close(actor=authority, resolution=resolution, reason="核实").shown_state(authority.today)
        == "resolution.done"
    )
    with pytest.raises(Blocked, match="no longer"):
        follow_up(actor=manager, resolution=resolution, on=manager.today, says="再报")
    assert resolution_reopen(actor=authority, resolution=resolution, reason="经费未用").state == "open"


def test_members_see_their_conference_and_strangers_none(cast, conference) -> None:
    assert Conference.objects.visible_to(cast.actor("manager")).get() == conference
    for name in ("foreign_authority", "owner", "foreign_verifier"):
        assert not Conference.objects.visible_to(cast.actor(name)).exists()
    with pytest.raises(NotPermitted):
        conference_found(actor=cast.actor("foreign_authority"), region=cast.city, title="会")
    with pytest.raises(InputRefused, match="once it was held"):
        meeting_hold(
            actor=cast.actor("authority"), conference=conference, title="会", on=NOW.date() + timedelta(days=3)
        )
