"""Mediation of a dispute by the authority: before the verification, on its result, and in a second arbitration."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import Notification
from hengliang.platform.core.transitions import TransitionRefused
from hengliang.platform.registry.services import instrument_stop
from hengliang.platform.verification.models import Arbitration, Mediation
from hengliang.platform.verification.papers.arbitration import arbitration_pdf, arbitration_sheet, blank_pdf
from hengliang.platform.verification.services import (
    Consent,
    Disputant,
    arbitration_close,
    arbitration_mediate,
    arbitration_open,
    arbitration_withdraw,
    mediation_fail,
    mediation_open,
)
from tests.platform import slice as walk
from tests.platform.verification import test_arbitration_second as again
from tests.platform.verification.test_arbitration import called, opened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
SCALE = again.SCALE
case, told, province, other_body = again.case, again.told, again.province, again.other_body
CONSENTS = {
    "claimant": Consent("张三", "不再主张"),
    "respondent": Consent("李四（站长）", "退还 320 元并承担检定费", "李四，站长", "量县人民路 1 号"),
}


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def scale(cast, standard):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


def begun(actor, dispute, **said):
    said = {"asked_by": "both", "written": True, "mediators": "王科长", "on": actor.today} | said
    return mediation_open(actor=actor, arbitration=dispute, **said)


def agreed(actor, dispute, **said):
    said = {
        "agreement": "退还 320 元，三日内付清", "facts": "称量短少，责任在被申请人", "on": actor.today,
        "perform_by": actor.today + timedelta(days=3), "consents": CONSENTS,
    } | said  # fmt: skip
    arbitration_mediate(actor=actor, arbitration=dispute, **said)
    dispute.refresh_from_db()


def day(cast, on):
    return again.at(cast.actor("authority"), on)


@pytest.mark.parametrize("notified", [False, True])
def test_before_the_verification_an_agreement_ends_the_dispute_without_a_verdict(cast, scale, notified):
    dispute, authority = opened(cast, scale), cast.actor("authority")
    if notified:
        called(cast, dispute)
    begun(authority, dispute)
    agreed(authority, dispute)
    dispute.task.refresh_from_db()
    assert (dispute.state, dispute.task.state, dispute.agreed_on) == ("mediated", "cancelled", TODAY)
    made = dispute.mediations.get()
    assert (made.state, made.basis, made.perform_by) == ("agreed", None, date(2026, 3, 5))
    assert {party.agreed_by for party in dispute.parties.all()} == {"张三", "李四（站长）"}
    assert Notification.objects.filter(kind="arbitration.mediated").count() == 1
    instrument_stop(actor=cast.actor("owner"), instrument=scale, reason="不再保全")


def test_an_agreement_on_the_result_ends_the_dispute_and_leaves_the_result(cast, case):
    authority = cast.actor("authority")
    assert case.state == "decided"
    begun(authority, case)
    agreed(authority, case)
    case.task.refresh_from_db()
    record = case.task.records.get()
    assert (case.state, case.task.state, record.state) == ("mediated", "issued", "approved")
    assert case.mediations.get().basis == record
    instrument_stop(actor=cast.actor("owner"), instrument=case.instrument, reason="不再保全")


def test_while_the_term_of_the_second_runs_and_without_an_agreement_it_runs_on(cast, told):
    authority = day(cast, date(2026, 3, 10))
    begun(authority, told)
    mediation_fail(actor=authority, arbitration=told, on=date(2026, 3, 10), reason="对责任各执一词")
    told.refresh_from_db()
    assert (told.state, told.mediations.get().state) == ("told", "failed")
    assert Notification.objects.filter(kind="arbitration.unmediated").count() == 1
    begun(authority, told)
    agreed(authority, told)
    assert told.state == "mediated"
    with pytest.raises(TransitionRefused):
        arbitration_close(actor=day(cast, date(2026, 4, 1)), arbitration=told)


def test_a_final_result_stays_final_when_the_parties_agree_on_it(cast, told):
    late = day(cast, date(2026, 3, 23))
    arbitration_close(actor=late, arbitration=told)
    instrument_stop(actor=again.at(cast.actor("owner"), late.today), instrument=told.instrument, reason="停用")
    begun(late, told)
    agreed(late, told)
    assert (told.state, told.agreed_on) == ("final", late.today)
    with pytest.raises(Blocked, match=told.number):
        begun(late, told)


def test_after_an_application_for_the_second_the_upper_authority_mediates(cast, told):
    told = again.appealed(cast, told)
    upper = again.upper(date(2026, 3, 12))
    with pytest.raises(NotPermitted):
        begun(day(cast, date(2026, 3, 12)), told)
    begun(upper, told)
    with pytest.raises(NotPermitted):
        agreed(day(cast, date(2026, 3, 12)), told)
    agreed(upper, told)
    assert told.state == "mediated"


def test_the_second_takes_the_mediation_over_and_settles_the_first_as_well(cast, told, other_body):
    begun(day(cast, date(2026, 3, 9)), told)
    second = again.second(again.appealed(cast, told), other_body)
    assert told.mediations.get().state == "failed", "the mediation goes on where the dispute is"
    upper = again.upper(date(2026, 3, 12))
    with pytest.raises(Blocked, match=second.number):
        begun(upper, told)
    begun(upper, second)
    agreed(upper, second)
    told.refresh_from_db()
    assert (second.state, told.state) == ("mediated", "mediated")
    assert second.mediations.get().basis == told.task.records.get(), "the result of the first, as the second has none"


def test_a_decided_second_is_settled_by_agreement_too(cast, told, other_body):
    second = again.second(again.appealed(cast, told), other_body)
    again.called(cast, again.upper(date(2026, 3, 16)), second)
    Arbitration.objects.filter(pk=second.pk).update(state="decided")
    second.task.state = "issued"
    second.task.save(update_fields=["state"])
    second.refresh_from_db()
    upper = again.upper(date(2026, 3, 18))
    begun(upper, second)
    agreed(upper, second)
    told.refresh_from_db()
    assert (second.state, told.state) == ("mediated", "mediated")


def test_while_the_verification_is_under_way_nothing_is_agreed(cast, scale, standard):
    dispute, authority = opened(cast, scale), cast.actor("authority")
    begun(authority, dispute)
    called(cast, dispute)
    walk.measure(cast, dispute.task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    dispute.refresh_from_db()
    with pytest.raises(Blocked):
        agreed(authority, dispute)
    arbitration_withdraw(actor=authority, arbitration=dispute, reason="申请人撤回")
    assert dispute.mediations.get().state == "failed"


@pytest.mark.parametrize(
    "said",
    [
        {"consents": {"claimant": CONSENTS["claimant"]}},
        {"consents": CONSENTS | {"respondent": Consent("  ", "退款")}},
        {"consents": CONSENTS | {"respondent": Consent("李四", " ")}},
        {"agreement": " "},
        {"facts": ""},
        {"on": TODAY + timedelta(days=1)},
        {"on": TODAY - timedelta(days=1)},
        {"perform_by": TODAY - timedelta(days=1)},
    ],
)
def test_what_is_no_agreement_of_both_ends_nothing(cast, scale, said):
    dispute = opened(cast, scale)
    begun(cast.actor("authority"), dispute)
    with pytest.raises(InputRefused):
        agreed(cast.actor("authority"), dispute, **said)
    dispute.refresh_from_db()
    assert (dispute.state, dispute.agreed_on, dispute.mediations.get().state) == ("opened", None, "begun")


def test_a_mediation_begins_once_and_by_the_authority_alone(cast, scale):
    dispute, authority = opened(cast, scale), cast.actor("authority")
    for name in ("verifier", "owner", "foreign_authority"):
        with pytest.raises(NotPermitted):
            begun(cast.actor(name), dispute)
    for said in ({"mediators": " "}, {"asked_by": "body"}, {"on": TODAY - timedelta(days=1)},
                 {"on": TODAY + timedelta(days=1)}):  # fmt: skip
        with pytest.raises(InputRefused):
            begun(authority, dispute, **said)
    with pytest.raises(Blocked):
        agreed(authority, dispute)
    with pytest.raises(Blocked):
        mediation_fail(actor=authority, arbitration=dispute, on=TODAY, reason="没有开始")
    begun(authority, dispute)
    with pytest.raises(Blocked, match=dispute.number):
        begun(authority, dispute)
    with pytest.raises(InputRefused):
        mediation_fail(actor=authority, arbitration=dispute, on=TODAY, reason=" ")


def test_the_database_keeps_what_was_agreed(cast, case):
    authority = cast.actor("authority")
    begun(authority, case)
    agreed(authority, case)
    for change in ({"facts": "另一个说法"}, {"mediators": "别人"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mediation.objects.update(**change)


def test_the_agreement_on_paper_names_what_the_measure_demands(cast, case):
    with pytest.raises(Refused):
        arbitration_sheet(case, "mediation")
    begun(cast.actor("authority"), case, asked_by="claimant", written=False)
    agreed(cast.actor("authority"), case)
    sheet = arbitration_sheet(case, "mediation")
    lines = dict(sheet.lines)
    assert lines["被申请人法定代表人及职务"] == "李四，站长" and lines["被申请人地址"] == "量县人民路 1 号"
    assert lines["纠纷的主要事实、责任"] == "称量短少，责任在被申请人"
    assert lines["被申请人承担（含费用）"] == "退还 320 元并承担检定费" and lines["履行期限"] == "2026-03-05"
    assert case.task.records.get().number in lines["依据的仲裁检定结果"] and "不合格" in lines["依据的仲裁检定结果"]
    assert len(sheet.signs) == 4 and "盖章" in sheet.signs[-1]
    assert arbitration_pdf(case, "mediation").startswith(b"%PDF")


def test_application_and_commission_on_paper(cast, scale):
    dispute = arbitration_open(
        actor=cast.actor("authority"), instrument=scale, body=cast.body, dispute="称量短少", meets_on=TODAY,
        place="市场", claimant=Disputant("张三", None, "量县东街 2 号", ""),
        respondent=Disputant(organisation=cast.enterprise), demand="退还多收款", evidence="小票两张",
    )  # fmt: skip
    lines = dict(arbitration_sheet(dispute, "application").lines)
    assert lines["请求"] == "退还多收款" and lines["申请人地址"] == "量县东街 2 号"
    with pytest.raises(Refused):
        arbitration_sheet(dispute, "commission")
    dispute.commissioned_by = "量县人民法院，法院路 1 号"
    assert dict(arbitration_sheet(dispute, "commission").lines)["委托单位名称、地址"].startswith("量县人民法院")
    for paper in ("application", "commission"):
        assert blank_pdf(paper, TODAY).startswith(b"%PDF")


def test_the_pages_and_the_interface_lead_through_a_mediation(cast, case, client):
    client.force_login(cast.accounts["authority"])
    page = reverse("verification:arbitration", args=[case.pk])
    begin, agree, fail = (
        reverse(f"verification:arbitration_{name}", args=[case.pk]) for name in ("mediation", "mediate", "unmediated")
    )
    assert begin in client.get(page).content.decode()
    assert client.get(agree).status_code == 409, "nothing is begun"
    said = {"asked_by": "both", "written": "yes", "on": "2026-03-02", "mediators": "王科长"}
    assert client.post(begin, said).status_code == 302
    assert client.post(begin, said).status_code == 422, "the second click is told, not an error page"
    shown = client.get(page).content.decode()
    assert agree in shown and fail in shown and "王科长" in shown
    refused = client.post(agree, {"facts": "短少", "agreement": "退还"})
    assert refused.status_code == 422 and "退还" in refused.content.decode()
    assert client.post(fail, {"on": "2026-03-02", "reason": "各执一词"}).status_code == 302

    api = f"/api/v1/verification/arbitrations/{case.pk}"

    def post(path, body):
        return client.post(f"{api}/{path}", body, content_type="application/json")

    assert post("mediation", {"asked_by": "both", "mediators": "王科长", "on": "2026-03-02"}).status_code == 200
    told = {
        "agreement": "退还", "facts": "短少", "on": "2026-03-02", "perform_by": "2026-03-05",
        "claimant": {"signed_by": "张三", "bears": "无"}, "respondent": {"signed_by": "李四", "bears": "退款"},
    }  # fmt: skip
    answer = post("agreement", told)
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "mediated" and answer.json()["mediations"][1]["state"] == "agreed"
    shown = client.get(page).content.decode()
    assert "退款" in shown and begin not in shown
    assert "二次仲裁检定" not in shown, "nothing more to apply for"
    assert client.get(agree).status_code == 409, "a second click is told"
    assert client.get(f"{page}papers/mediation/").content.startswith(b"%PDF")
    assert post("no-agreement", {"reason": "晚了"}).status_code == 409
    client.force_login(cast.accounts["owner"])
    assert client.get(f"{page}papers/mediation/").status_code == 200, "the other party may print it"
    assert client.get(begin).status_code == 403
