"""The second arbitration: in the term of each party, one level up, with another body, and final."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import Notification, Region, RegionVersion
from hengliang.platform.core.rights import Role
from hengliang.platform.core.transitions import TransitionRefused
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.registry.services import instrument_stop
from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.services import authorisation_enter
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.papers.arbitration import arbitration_sheet
from hengliang.platform.verification.services import (
    Disputant,
    arbitration_appeal,
    arbitration_attend,
    arbitration_close,
    arbitration_final,
    arbitration_notify,
    arbitration_open,
    arbitration_result,
    arbitration_second,
    arbitration_withdraw,
)
from tests.platform import slice as walk
from tests.platform.cast import make_account, make_organisation

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")
SCALE = "procedure/price-scale"
DECIDED = date(2026, 3, 2)
BOTH = {"claimant": DECIDED, "respondent": date(2026, 3, 5)}


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def province(cast):
    region = Region.objects.get(pk=RegionVersion.objects.get(region=cast.city).parent_id)
    office = make_organisation("示例省市场监督管理局", region)
    make_account("province", Role.AUTHORITY, office, region)
    return region


def at(account, day):
    return replace(account, at=datetime(day.year, day.month, day.day, 9, tzinfo=HERE))


def upper(day):
    return actor_of(Account.objects.get(username="province"), datetime(day.year, day.month, day.day, 9, tzinfo=HERE))


@pytest.fixture
def case(cast, province):
    """A first arbitration that was decided against the user of the scale."""
    standard = walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    case = arbitration_open(
        actor=cast.actor("authority"), instrument=scale, body=cast.body, claimant=Disputant("张三"),
        respondent=Disputant(organisation=cast.enterprise), dispute="称量短少", meets_on=DECIDED, place="量县市场",
    )  # fmt: skip
    called(cast, cast.actor("authority"), case)
    record = walk.approve(cast, walk.measure(cast, case.task, standard, walk.example(SCALE, "fail", "2017-05-30")))
    certificate_issue(actor=cast.actor("approver"), record=record)
    return Arbitration.objects.get(pk=case.pk)


def called(cast, authority, case):
    arbitration_notify(actor=authority, arbitration=case)
    for party in case.parties.order_by("side"):
        arbitration_attend(actor=authority, party=party, present=True, note="本人")


@pytest.fixture
def told(cast, case):
    arbitration_result(actor=at(cast.actor("authority"), date(2026, 3, 5)), arbitration=case, received=BOTH)
    return case


@pytest.fixture
def other_body(cast, province):
    body = make_organisation("示例省计量院", province, body=True)
    authorisation_enter(
        actor=upper(DECIDED), body=body, item=cast.scale, number="授省1", valid_from=walk.FIRST, valid_until=walk.LAST,
        kind=Authorisation.Kind.STATUTORY,
    )  # fmt: skip
    return body


def test_the_term_runs_for_each_party_from_the_day_it_received_the_result(told):
    days = {party.side: party.second_by for party in told.parties.all()}
    # Fifteen calendar days: 17 March is a Tuesday, 20 March a Friday.
    assert days == {"claimant": date(2026, 3, 17), "respondent": date(2026, 3, 20)}
    assert Notification.objects.filter(kind="arbitration.result").count() == 1, "the party with an account"


@pytest.mark.parametrize(
    ("received", "by"),
    [
        (date(2026, 3, 6), date(2026, 3, 23)),  # ends on Saturday the 21st: moves to Monday
        (date(2026, 9, 21), date(2026, 10, 8)),  # ends on 6 October, in the holidays: moves behind them
    ],
)
def test_a_term_that_ends_on_a_day_off_moves_on(cast, case, received, by):
    day = {"claimant": received, "respondent": received}
    arbitration_result(actor=at(cast.actor("authority"), received), arbitration=case, received=day)
    assert {party.second_by for party in case.parties.all()} == {by}


def test_a_day_before_the_verification_or_to_come_is_refused(cast, case):
    for wrong in ({"claimant": date(2026, 3, 1)}, {"claimant": date(2026, 3, 3)}, {}):
        with pytest.raises(InputRefused):
            arbitration_result(
                actor=cast.actor("authority"), arbitration=case, received={"respondent": DECIDED} | wrong
            )
    case.refresh_from_db()
    assert case.state == "decided"


def test_on_the_last_day_in_time_and_a_day_later_refused(cast, told):
    claimant, respondent = told.parties.order_by("side")
    with pytest.raises(InputRefused, match="2026-03-17"):
        arbitration_appeal(actor=upper(date(2026, 3, 18)), party=claimant, grounds="书面申请")
    owner = at(cast.actor("owner"), date(2026, 3, 20))
    with pytest.raises(NotPermitted):
        arbitration_appeal(actor=owner, party=claimant, grounds="替对方")
    with pytest.raises(NotPermitted):
        arbitration_appeal(actor=at(cast.actor("authority"), owner.today), party=respondent, grounds="原部门")
    with pytest.raises(InputRefused):
        arbitration_appeal(actor=owner, party=respondent, grounds=" ")
    arbitration_appeal(actor=owner, party=respondent, grounds="检定时未预热")
    told.refresh_from_db()
    assert (told.state, told.appealed_side, told.appealed_on) == ("appealed", "respondent", date(2026, 3, 20))
    with pytest.raises(TransitionRefused):
        arbitration_appeal(actor=owner, party=respondent, grounds="再一次")


def test_nobody_applies_and_after_the_last_term_it_is_final(cast, told):
    authority = cast.actor("authority")
    with pytest.raises(Blocked, match="2026-03-20"):
        arbitration_close(actor=at(authority, date(2026, 3, 20)), arbitration=told)
    with pytest.raises(Blocked, match=told.number):
        instrument_stop(actor=at(cast.actor("owner"), date(2026, 3, 20)), instrument=told.instrument, reason="x")
    arbitration_close(actor=at(authority, date(2026, 3, 21)), arbitration=told)
    told.refresh_from_db()
    assert told.state == "final"
    instrument_stop(actor=at(cast.actor("owner"), date(2026, 3, 21)), instrument=told.instrument, reason="终局后停用")


def appealed(cast, told):
    owner = at(cast.actor("owner"), date(2026, 3, 10))
    arbitration_appeal(actor=owner, party=told.parties.get(side="respondent"), grounds="检定时未预热")
    told.refresh_from_db()
    return told


def second(told, body, day=date(2026, 3, 11)):
    return arbitration_second(
        actor=upper(day), first=told, body=body, meets_on=day + timedelta(days=5), place="省计量院"
    )


def test_the_second_is_one_level_up_with_another_body_and_final(cast, told, other_body, province):
    told = appealed(cast, told)
    with pytest.raises(NotPermitted):
        arbitration_second(
            actor=cast.actor("authority"), first=told, body=other_body, meets_on=date(2026, 3, 16), place="x"
        )
    with pytest.raises(InputRefused, match="计量检定所"):
        second(told, cast.body)
    again = second(told, other_body)
    sides = {party.side: party.name for party in again.parties.all()}
    assert sides == {"claimant": "量县加油站", "respondent": "张三"}, "who does not accept it is the claimant"
    assert (again.seat_id, again.first_id, again.dispute) == (province.pk, told.pk, "检定时未预热")
    with pytest.raises(InputRefused, match=told.number):
        second(told, other_body)
    with pytest.raises(Blocked, match="二次"):
        arbitration_withdraw(actor=upper(date(2026, 3, 11)), arbitration=told, reason="不该结束")
    called(cast, upper(date(2026, 3, 16)), again)
    Arbitration.objects.filter(pk=again.pk).update(state="decided")
    again.refresh_from_db()
    both = {"claimant": date(2026, 3, 20), "respondent": date(2026, 3, 20)}
    with pytest.raises(Refused):
        arbitration_result(actor=upper(date(2026, 3, 20)), arbitration=again, received=both)
    with pytest.raises(NotPermitted):
        arbitration_final(actor=at(cast.actor("authority"), date(2026, 3, 20)), arbitration=again, received=both)
    arbitration_final(actor=upper(date(2026, 3, 20)), arbitration=again, received=both)
    told.refresh_from_db()
    assert (Arbitration.objects.get(pk=again.pk).state, told.state) == ("final", "replaced")
    with pytest.raises(TransitionRefused):
        owner = at(cast.actor("owner"), date(2026, 3, 21))
        arbitration_appeal(actor=owner, party=again.parties.get(side="claimant"), grounds="三次")
    instrument_stop(actor=at(cast.actor("owner"), date(2026, 3, 21)), instrument=told.instrument, reason="终局后停用")


def test_a_second_that_is_withdrawn_leaves_the_first_final(cast, told, other_body):
    again = second(appealed(cast, told), other_body)
    arbitration_withdraw(actor=upper(date(2026, 3, 12)), arbitration=again, reason="申请人撤回")
    told.refresh_from_db()
    assert (told.state, Arbitration.objects.get(pk=again.pk).state) == ("final", "withdrawn")
    instrument_stop(actor=at(cast.actor("owner"), date(2026, 3, 12)), instrument=told.instrument, reason="可以停用")


def test_an_application_that_is_not_pursued_leaves_the_first_final(cast, told):
    told = appealed(cast, told)
    with pytest.raises(NotPermitted):
        arbitration_withdraw(actor=at(cast.actor("authority"), date(2026, 3, 12)), arbitration=told, reason="原部门")
    arbitration_withdraw(actor=upper(date(2026, 3, 12)), arbitration=told, reason="申请人撤回")
    told.refresh_from_db()
    assert told.state == "final"


def test_the_first_authority_sees_what_became_of_it(cast, told, other_body):
    again = second(appealed(cast, told), other_body)
    for who in ("authority", "owner"):
        assert Arbitration.objects.visible_to(cast.actor(who)).filter(pk=again.pk).exists()
    assert not Arbitration.objects.visible_to(cast.actor("foreign_authority")).filter(pk=again.pk).exists()


def test_the_papers_name_term_and_worth(cast, told):
    result = dict(arbitration_sheet(told, "result").lines)
    assert result["检定结果"] == "不合格" and result["被申请人申请二次仲裁检定截止日"] == "2026-03-20"
    assert "二次仲裁检定" in result["效力"]
    notice = arbitration_sheet(told, "notice")
    assert dict(notice.lines)["执行仲裁检定的机构"] == "衡城市计量检定所" and notice.body == "衡城市计量行政部门"


def test_the_pages_walk_through(cast, case, client):
    def login(who):
        account = Account.objects.get(username=who)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    base, today = f"/verification/arbitrations/{case.pk}/", localdate().isoformat()
    login("authority")
    assert "登记结果已告知" in client.get(base).content.decode()
    assert client.post(f"{base}result/", {"claimant": today}).status_code == 422
    assert client.post(f"{base}result/", {"claimant": today, "respondent": today}).status_code == 302
    page = client.get(base).content.decode()
    assert "二次仲裁检定" in page and "终局" in page
    assert client.get(f"{base}papers/result/").content.startswith(b"%PDF")
    assert client.get(f"{base}papers/other/").status_code == 404
    login("owner")
    told = {"grounds": "不服", "on": today}
    assert client.post(f"{base}second/claimant/", told).status_code == 403
    assert client.post(f"{base}second/respondent/", told).status_code == 302
    login("authority")
    assert client.get(f"{base}open-second/").status_code == 403
    login("province")
    assert client.get(f"{base}open-second/").status_code == 200
    assert "二次仲裁检定" in client.get("/verification/arbitrations/?second=0").content.decode()


def test_the_interface_does_the_same(cast, told, other_body, client):
    client.force_login(cast.accounts["owner"], backend="django.contrib.auth.backends.ModelBackend")
    base = f"/api/v1/verification/arbitrations/{told.pk}"

    def post(path, body):
        return client.post(f"{base}/{path}", body, content_type="application/json")

    assert post("appeal", {"side": "respondent", "grounds": "不服", "on": "2026-03-10"}).json()["state"] == "appealed"
    assert client.get(f"{base}/papers/result").content.startswith(b"%PDF")
    assert post("close", {}).status_code == 403
    client.force_login(Account.objects.get(username="province"), backend="django.contrib.auth.backends.ModelBackend")
    made = post("second", {"body_id": other_body.pk, "meets_on": "2099-03-16", "place": "省计量院"})
    assert made.status_code == 201 and made.json()["first_id"] == told.pk
