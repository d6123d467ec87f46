"""The day of an arbitration is moved, with notice anew."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted
from hengliang.platform.core.models import Notification
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.services import (
    arbitration_attend,
    arbitration_move,
    arbitration_notify,
)
from tests.platform import slice as walk
from tests.platform.verification.test_arbitration import SCALE, called, opened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def scale(cast, standard):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


def moved(cast, case, days=5, by="authority", **told):
    day = TODAY + timedelta(days=days)
    told = {"meets_on": day, "place": case.place, "reason": "被申请人书面请求"} | told
    arbitration_move(actor=cast.actor(by), arbitration=case, **told)
    case.refresh_from_db()
    return day


def test_a_moved_day_wants_both_parties_notified_anew(cast, scale, standard):
    case = opened(cast, scale)
    called(cast, case)
    day = moved(cast, case)
    assert (case.state, case.meets_on, case.notified_on) == ("opened", day, None)
    assert case.notice_by == date(2026, 3, 9), "seven days from the move"
    assert {party.present for party in case.parties.all()} == {None}
    former = case.moved.get()
    assert (former.meets_on, former.notified_on) == (TODAY, TODAY) and former.act.reason == "被申请人书面请求"
    assert Notification.objects.filter(kind="arbitration.moved").count() == 1
    with pytest.raises(Blocked, match="通知"):
        walk.measure(cast, case.task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    arbitration_notify(actor=cast.actor("authority"), arbitration=case)
    with pytest.raises(InputRefused):
        arbitration_attend(
            actor=cast.actor("verifier"), party=case.parties.get(side="claimant"), present=True, note="本人"
        )


def test_moving_gains_no_time_for_the_first_notice(cast, scale):
    case = opened(cast, scale)
    before = case.notice_by
    moved(cast, case, 20)
    assert case.notice_by == before


def test_what_is_no_other_day_is_refused(cast, scale, standard):
    case = opened(cast, scale)
    for told in ({"meets_on": TODAY - timedelta(days=1)}, {"meets_on": TODAY}, {"reason": " "}):
        with pytest.raises(InputRefused):
            moved(cast, case, **told)
    for name in ("verifier", "owner", "foreign_authority"):
        with pytest.raises(NotPermitted):
            moved(cast, case, by=name)
    called(cast, case)
    walk.measure(cast, case.task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    with pytest.raises(Blocked):
        moved(cast, case)


def test_the_page_moves_the_day(cast, scale, client):
    case = opened(cast, scale)
    client.force_login(cast.accounts["authority"])
    page = client.get(reverse("verification:arbitration", args=[case.pk])).content.decode()
    move = reverse("verification:arbitration_move", args=[case.pk])
    assert move in page

    told = {"meets_on": "2099-01-04", "place": "量县市场", "reason": "下雪"}
    assert client.post(move, told).status_code == 302
    case = Arbitration.objects.get()
    assert case.meets_on == date(2099, 1, 4)
    shown = client.get(reverse("verification:arbitration", args=[case.pk])).content.decode()
    assert "下雪" in shown and TODAY.isoformat() in shown
