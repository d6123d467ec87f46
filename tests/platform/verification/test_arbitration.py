"""Arbitration verification: notice in time, instrument preserved, both parties called, standards of the right level."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from hengliang.platform.certificates.layout import page_model
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import Notification
from hengliang.platform.registry.imports.told import faults_of
from hengliang.platform.registry.services import (
    instrument_correct,
    instrument_move,
    instrument_scrap,
    instrument_stop,
    instrument_transfer,
)
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.errors import TaskOpenAlready
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.services import (
    Disputant,
    application_submit,
    arbitration_attend,
    arbitration_notify,
    arbitration_open,
    arbitration_withdraw,
    record_submit,
    task_cancel,
    task_regime_change,
)
from tests.platform import slice as walk
from tests.platform.registry import sheets

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")
SCALE = "procedure/price-scale"


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def scale(cast, standard):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


def opened(cast, scale, day=date(2026, 3, 2), meets=0):
    actor = replace(cast.actor("authority"), at=datetime(day.year, day.month, day.day, 9, tzinfo=HERE))
    return arbitration_open(
        actor=actor, instrument=scale, body=cast.body, claimant=Disputant("张三"),
        respondent=Disputant(organisation=cast.enterprise), dispute="称量短少", meets_on=day + timedelta(days=meets),
        place="量县市场",
    )  # fmt: skip


def called(cast, case):
    arbitration_notify(actor=cast.actor("authority"), arbitration=case)
    for party, came in zip(case.parties.order_by("side"), (True, False), strict=True):
        arbitration_attend(actor=cast.actor("verifier"), party=party, present=came, note="本人" if came else "无故未到")


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),  # a Monday, seven calendar days: a Monday
        (date(2026, 3, 7), date(2026, 3, 16)),  # ends on Saturday the 14th: moves to Monday
        (date(2026, 9, 25), date(2026, 10, 8)),  # ends on 2 October, in the holidays: moves behind them
    ],
)
def test_the_notice_is_due_within_seven_calendar_days(cast, scale, asked, by):
    assert opened(cast, scale, asked).notice_by == by


def test_the_instrument_is_preserved_until_it_is_decided(cast, scale, standard):
    case, owner = opened(cast, scale), cast.actor("owner")
    for act in (
        lambda: instrument_stop(actor=owner, instrument=scale, reason="x"),
        lambda: instrument_move(actor=owner, instrument=scale, place="别处"),
        lambda: instrument_scrap(actor=owner, instrument=scale, reason="x"),
        lambda: instrument_transfer(actor=owner, instrument=scale, owner=cast.foreign_enterprise, reason="x"),
        lambda: instrument_scrap(actor=cast.actor("authority"), instrument=scale, reason="x"),
    ):
        with pytest.raises(Blocked, match=case.number):
            act()
    instrument_correct(
        actor=cast.actor("authority"),
        instrument=scale,
        reason="铭牌",
        model="ACS-30",
        serial_number="S1",
        manufacturer="示例衡器厂",
    )
    called(cast, case)
    record = walk.approve(cast, walk.measure(cast, case.task, standard, walk.example(SCALE, "fail", "2017-05-30")))
    made = certificate_issue(actor=cast.actor("approver"), record=record)
    case.refresh_from_db()
    assert (case.state, made.kind) == ("decided", "arbitration")
    with pytest.raises(Blocked, match=case.number):
        instrument_stop(actor=owner, instrument=scale, reason="二次仲裁检定还要用")


def test_an_import_leaves_what_is_preserved_alone(cast, scale):
    opened(cast, scale)
    batch = sheets.send(cast, sheets.csv_of(("SC0001", "别处"), headers=("编码", "使用地点")))
    assert [fault.code for fault in faults_of(batch)] == ["held"]


def test_nothing_is_measured_before_both_were_called(cast, scale, standard):
    case, data = opened(cast, scale), walk.example(SCALE, "pass", "2017-05-30")
    with pytest.raises(Blocked, match="通知"):
        walk.measure(cast, case.task, standard, data)
    claimant = case.parties.get(side="claimant")
    with pytest.raises(InputRefused):
        arbitration_attend(actor=cast.actor("verifier"), party=claimant, present=True, note="本人")
    arbitration_notify(actor=cast.actor("authority"), arbitration=case)
    assert Notification.objects.filter(kind="arbitration.notice").count() == 1, "the party with an account"
    claimant.refresh_from_db()
    arbitration_attend(actor=cast.actor("verifier"), party=claimant, present=True, note="本人")
    with pytest.raises(Blocked, match="量县加油站"):
        walk.measure(cast, case.task, standard, data)
    arbitration_attend(
        actor=cast.actor("authority"), party=case.parties.get(side="respondent"), present=False, note="无故未到"
    )
    record = walk.approve(cast, walk.measure(cast, case.task, standard, data))
    made = certificate_issue(actor=cast.actor("approver"), record=record)
    page = page_model(made.content)
    assert page["title"] == "仲裁检定证书" and made.valid_until is None
    assert "已通知，未到场" in str(page["lines"]) and case.number in str(page["lines"])
    assert scale.states.current().get().last_on is None, "it settles the dispute, not the date due"


def later(cast, name, day):
    return cast.actor(name, datetime(2026, 3, day, 9, tzinfo=HERE))


def test_who_came_is_recorded_from_the_day_named_to_the_parties_on(cast, scale):
    case = opened(cast, scale, meets=10)
    arbitration_notify(actor=cast.actor("authority"), arbitration=case)
    party = case.parties.get(side="respondent")
    with pytest.raises(InputRefused, match="2026-03-12"):
        arbitration_attend(actor=later(cast, "authority", 11), party=party, present=True, note="来了")
    arbitration_attend(actor=later(cast, "authority", 12), party=party, present=True, note="来了")


def test_a_record_is_dated_neither_before_the_request_nor_before_the_meeting(cast, scale, standard):
    case, data = opened(cast, scale, meets=10), walk.example(SCALE, "fail", "2017-05-30")
    arbitration_notify(actor=cast.actor("authority"), arbitration=case)
    for party in case.parties.all():
        arbitration_attend(actor=later(cast, "verifier", 12), party=party, present=True, note="本人")
    told = {
        "actor": later(cast, "verifier", 12), "task": case.task, "data": data, "standards": [standard], "place": "量县",
    }  # fmt: skip
    if (regime := data.get("regime", case.task.regime)) != case.task.regime:
        task_regime_change(actor=cast.actor("verifier"), task=case.task, regime=regime, reason="按记录")
    with pytest.raises(InputRefused, match="2026-03-02"):
        record_submit(verified_on=date(2026, 2, 27), **told)
    for day in (2, 11):
        with pytest.raises(Blocked, match="2026-03-12"):
            record_submit(verified_on=date(2026, 3, day), **told)
    assert record_submit(verified_on=date(2026, 3, 12), **told).verified_on == date(2026, 3, 12)


def test_only_national_and_public_standards_decide(cast, scale, standard):
    case = opened(cast, scale)
    called(cast, case)
    MeasurementStandard.objects.filter(pk=standard.pk).update(level="enterprise")
    standard.refresh_from_db()
    with pytest.raises(NotInOrder, match="级别"):
        walk.measure(cast, case.task, standard, walk.example(SCALE, "pass", "2017-05-30"))


def test_a_late_notice_is_recorded_as_such_and_a_day_ahead_is_refused(cast, scale):
    case = opened(cast, scale)
    late = replace(cast.actor("authority"), at=datetime(2026, 3, 10, 9, tzinfo=HERE))
    with pytest.raises(InputRefused):
        arbitration_notify(actor=cast.actor("authority"), arbitration=case, on=date(2026, 3, 3))
    arbitration_notify(actor=late, arbitration=case)
    entry = case.__class__.objects.get(pk=case.pk)
    assert entry.notified_on == date(2026, 3, 10) > entry.notice_by


def test_withdrawn_it_releases_the_instrument_and_frees_it(cast, scale):
    case = opened(cast, scale)
    with pytest.raises(Refused):
        task_cancel(actor=cast.actor("manager"), task=case.task, reason="not the body's to cancel")
    arbitration_withdraw(actor=cast.actor("authority"), arbitration=case, reason="和解")
    instrument_stop(actor=cast.actor("owner"), instrument=scale, reason="停业")
    assert case.task.state == "cancelled"


def test_who_opens_and_who_sees(cast, scale):
    for who in ("owner", "manager", "foreign_authority", "auditor"):
        with pytest.raises(NotPermitted):
            arbitration_open(
                actor=cast.actor(who), instrument=scale, body=cast.body, claimant=Disputant("甲"),
                respondent=Disputant("乙"), dispute="x", meets_on=date(2026, 3, 12), place="x",
            )  # fmt: skip
    opened(cast, scale)
    sees = {who: Arbitration.objects.visible_to(cast.actor(who)).exists() for who in cast.accounts}
    assert {who for who, seen in sees.items() if seen} == {
        "authority", "auditor", "owner", "manager", "verifier", "reviewer", "approver", "administrator"
    }  # fmt: skip


def test_while_a_dispute_is_open_nothing_else_is_applied_for(cast, scale):
    opened(cast, scale)
    with pytest.raises(TaskOpenAlready):
        application_submit(actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=[scale])


def test_the_pages_walk_through(cast, scale, client):
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    told = {"code": "SC0001", "claimant": "张三", "respondent": "量县加油站", "dispute": "短少", "body": cast.body.pk,
            "meets_on": timezone.localdate().isoformat(), "place": "市场"}  # fmt: skip
    assert client.post("/verification/arbitrations/new/", told | {"respondent": "张三"}).status_code == 422
    answer = client.post("/verification/arbitrations/new/", told)
    case = Arbitration.objects.get()
    assert answer["Location"] == f"/verification/arbitrations/{case.pk}/"
    assert case.parties.get(side="respondent").organisation == cast.enterprise
    page = client.get(answer["Location"]).content.decode()
    assert "保全中" in page and "登记通知" in page
    day = case.asked_on.isoformat()
    assert client.post(f"{answer['Location']}notice/", {"on": day}).status_code == 302
    there = {"present": "yes", "note": "本人"}
    assert client.post(f"{answer['Location']}presence/claimant/", there).status_code == 302
    assert "本人" in client.get(answer["Location"]).content.decode()
