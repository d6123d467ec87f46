"""Units are told once that a resolution falls due and once that it is overdue; a second run tells nobody."""

from datetime import timedelta

import pytest

from hengliang.platform.core.messages import message_of
from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.services import (
    Resolved,
    conference_found,
    follow_up,
    meeting_hold,
    member_join,
    resolution_close,
    resolutions_remind,
)
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db


def remind(day: int) -> int:
    return resolutions_remind(actor=Actor.system("reminder", NOW + timedelta(days=day)))


@pytest.fixture
def resolution(cast):
    actor, day = cast.actor("authority"), NOW.date() - timedelta(days=3)
    made = conference_found(actor=actor, region=cast.city, title="计量工作联席会议")
    member_join(actor=actor, conference=made, name="", organisation=cast.body, on=day)
    told = [
        Resolved("落实计量经费", cast.body.name, NOW.date() + timedelta(days=10)),
        Resolved("无期限", cast.body.name),
    ]
    return meeting_hold(actor=actor, conference=made, title="会议", on=day, resolved=told).resolutions.first()


def test_told_when_due_and_when_overdue_and_never_twice(cast, resolution) -> None:
    assert remind(0) == 0
    first = remind(4)
    assert first > 0
    assert remind(5) == 0
    kinds = set(Notification.objects.values_list("account_id", "kind"))
    assert (cast.accounts["manager"].pk, "resolution.due_soon") in kinds
    assert (cast.accounts["authority"].pk, "resolution.due_soon") not in kinds
    assert remind(11) > 0
    assert remind(12) == 0
    kinds = set(Notification.objects.values_list("account_id", "kind"))
    assert {(cast.accounts[who].pk, "resolution.overdue") for who in ("manager", "authority")} <= kinds
    assert not {who for who, _kind in kinds} & {cast.accounts[name].pk for name in ("owner", "foreign_authority")}
    assert "2026" in message_of(Notification.objects.latest("pk"), "en").title


def test_what_is_done_is_left_alone(cast, resolution) -> None:
    follow_up(actor=cast.actor("manager"), resolution=resolution, on=NOW.date(), says="经费已到位")
    resolution_close(actor=cast.actor("authority"), resolution=resolution, reason="核实")
    assert remind(30) == 0
