"""The day of an arbitration is moved, with notice anew; and a dispute that ends by an agreement of both parties."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted
from hengliang.platform.core.models import Notification
from hengliang.platform.registry.services import instrument_stop
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.services import (
    arbitration_attend,
    arbitration_mediate,
    arbitration_move,
    arbitration_notify,
)
from tests.platform import slice as walk
from tests.platform.verification.test_arbitration import SCALE, called, opened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
BOTH = {"claimant": "张三", "respondent": "李四（站长）"}


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


def agreed(cast, case, by="authority", **told):
    told = {"agreement": "退还 320 元，三日内付清", "on": TODAY, "signed": BOTH} | told
    arbitration_mediate(actor=cast.actor(by), arbitration=case, **told)
    case.refresh_from_db()


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
    with pytest.raises(Blocked):
        agreed(cast, case)


@pytest.mark.parametrize("notified", [False, True])
def test_an_agreement_of_both_ends_the_dispute_without_a_verdict(cast, scale, notified):
    case = opened(cast, scale)
    if notified:
        called(cast, case)
    agreed(cast, case)
    case.task.refresh_from_db()
    assert (case.state, case.task.state, case.agreed_on) == ("mediated", "cancelled", TODAY)
    assert {party.agreed_by for party in case.parties.all()} == set(BOTH.values())
    assert Notification.objects.filter(kind="arbitration.mediated").count() == 1
    instrument_stop(actor=cast.actor("owner"), instrument=scale, reason="不再保全")


@pytest.mark.parametrize(
    "told",
    [
        {"signed": {"claimant": "张三"}},
        {"signed": {"claimant": "张三", "respondent": "  "}},
        {"agreement": " "},
        {"on": TODAY + timedelta(days=1)},
        {"on": TODAY - timedelta(days=1)},
    ],
)
def test_what_is_no_agreement_of_both_ends_nothing(cast, scale, told):
    case = opened(cast, scale)
    with pytest.raises(InputRefused):
        agreed(cast, case, **told)
    case.refresh_from_db()
    assert case.state == "opened" and case.agreed_on is None


def test_the_pages_and_the_interface_move_the_day_and_record_the_agreement(cast, scale, client):
    case = opened(cast, scale)
    client.force_login(cast.accounts["authority"])
    page = client.get(reverse("verification:arbitration", args=[case.pk])).content.decode()
    move, agree = (reverse(f"verification:arbitration_{act}", args=[case.pk]) for act in ("move", "mediate"))
    assert move in page and agree in page

    told = {"meets_on": "2099-01-04", "place": "量县市场", "reason": "下雪"}
    assert client.post(move, told).status_code == 302
    case = Arbitration.objects.get()
    assert case.meets_on == date(2099, 1, 4)
    shown = client.get(reverse("verification:arbitration", args=[case.pk])).content.decode()
    assert "下雪" in shown and TODAY.isoformat() in shown
    answer = client.post(
        f"/api/v1/verification/arbitrations/{case.pk}/agreement",
        {"agreement": "退还", "on": "2026-03-02", "claimant": "张三", "respondent": "李四"},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 200 and answer.json()["state"] == "mediated"
    assert "退还" in client.get(reverse("verification:arbitration", args=[case.pk])).content.decode()
