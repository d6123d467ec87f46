"""Kinds of jobs from the application to the document: what each prints, and what it does to the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from hengliang.dcc.check import check_certificate
from hengliang.dcc.read import read_certificate
from hengliang.platform.certificates.layout import page_model
from hengliang.platform.certificates.selectors import answer_of
from hengliang.platform.certificates.services import certificate_issue, certificate_render, certificate_withdraw
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.services import instrument_transfer
from hengliang.platform.standards.budgets.evaluation import evaluate
from hengliang.platform.standards.budgets.examples import example
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.models import MeasurementStandard, Qualification
from hengliang.platform.standards.services import budget_save, qualification_end, standard_enter
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.jobs import job_kinds
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    conditions_enter,
    record_submit,
    task_follow,
)
from hengliang.platform.verification.stated import as_found
from hengliang.trust.chain import Anchors
from tests.platform import slice as walk
from tests.platform.cast import NOW, make_organisation

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
DAY = date(2026, 3, 2)
U = "0.5"


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def scale(cast):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


def task_of(cast, scale, job, **told) -> Task:
    made = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=[scale], job=job, **told
    )
    application_accept(actor=cast.actor("manager"), application=made)
    return made.tasks.get()


def measured(u=U):
    """The errors of the worked example alone, each row with its U."""
    data = walk.example(SCALE, "pass", "2017-05-30")
    rows = [row | ({"_u": u} if u else {}) for row in data["items"]["error"]]
    return {**data, "items": {"error": rows}}


def issued(cast, task, standard, data, **told):
    record = walk.approve(cast, walk.measure(cast, task, standard, data, **told))
    return certificate_issue(actor=cast.actor("approver"), record=record)


def test_the_shipped_kinds_use_known_words_only():
    found = job_kinds(DAY)
    assert list(found) == ["mandatory", "voluntary", "calibration", "testing", "arbitration", "retest"]
    for kind in found.values():
        assert kind.scope in {"mandatory", "other", "any"}
        assert kind.performer in {"designated", "authorised", "any", "appointed"}
        assert kind.papers <= {"authorisation", "qualification", "examination", "traceability"}
        assert kind.levels <= set(MeasurementStandard.Level.values)
        assert kind.validity in {"period", "agreed", "none"}
        assert kind.clause and len(kind.documents) in {0, 2}
    assert found["mandatory"].free and found["mandatory"].concludes
    assert rules()["verification/job-kinds"].values[0].status == "draft"


def test_a_calibration_prints_values_with_uncertainty_and_nothing_else(cast, scale, standard):
    before = scale.states.current().get()
    made = issued(cast, task_of(cast, scale, "calibration"), standard, measured())
    assert (made.kind, made.job, made.valid_until) == ("calibration", "calibration", None)
    assert made.record.passed is None and made.record.judgement["verdict"] is None
    page = page_model(made.content)
    assert page["title"] == "校准证书"
    text = str(page)
    assert "合格" not in text.replace("不合格", "") and "有效期" not in text and "下次校准" not in text
    assert page["results"] and all(row[2].startswith(U) for row in page["results"])
    assert page["results"][0][0].endswith("100\u2009g"), "each value says at which load"
    assert {len(row[1].split("\u2009")[0].partition(".")[2]) for row in page["results"]} == {1}, "to the digit of U"
    after = scale.states.current().get()
    assert (after.last_on, after.due_on, after.pk) == (before.last_on, before.due_on, before.pk)
    assert answer_of(made, date(2036, 1, 1)).verdict == "genuine"


def test_it_says_when_it_was_issued_by_whom_where_and_under_which_conditions(cast, scale, standard):
    """ISO/IEC 17025:2017, 7.8.2.1 b), c), e), i), j) and 7.8.4.1 b)."""
    record = walk.measure(cast, task_of(cast, scale, "calibration"), standard, measured())
    conditions_enter(
        actor=cast.actor("verifier"), record=record, temperature=Decimal("-1.5"), humidity=Decimal(52), other="无振动"
    )
    made = certificate_issue(actor=cast.actor("approver"), record=walk.approve(cast, record))
    page = page_model(made.content)
    assert dict(page["dates"]) == {"校准日期": "2026-03-02", "签发日期": made.content["issued_on"]}
    body = made.content["body"]
    assert dict(page["body_lines"])["地址"] == (body["address"] or body["region"]) != ""
    basis = dict(page["basis"])
    assert basis["环境条件"] == "温度 −1.5 °C，相对湿度 52.0 %；无振动"
    assert page["standards_head"][0] == "计量标准"
    assert made.content["place"] == record.place
    assert certificate_render(actor=cast.actor("approver"), certificate=made).pdf[:4] == b"%PDF"


def test_its_digital_certificate_is_a_calibration_certificate_that_checks(cast, scale, standard):
    made = issued(cast, task_of(cast, scale, "calibration", agreed_months=12), standard, measured())
    read = read_certificate(made.xml.encode())
    assert read.kind == "calibration_certificate" and read.legal is None
    quantities = read.measurements[0].results[0].data
    assert {q.values[0].uncertainty.values for q in quantities} == {(U,)}
    assert not any(q.conformity or q.limits for q in quantities)
    assert [s.day for s in read.statements if s.day] == [date(2027, 3, 1)], "agreed: a year less a day"
    faults = [f for f in check_certificate(made.xml.encode(), Anchors(()), now=NOW).findings if f.verdict == "invalid"]
    assert faults == []
    assert certificate_render(actor=cast.actor("approver"), certificate=made).pdf[:4] == b"%PDF"


def test_a_calibration_without_uncertainty_is_refused_unless_a_budget_states_it(cast, scale, standard):
    task = task_of(cast, scale, "calibration")
    with pytest.raises(InputRefused, match="不确定度"):
        walk.measure(cast, task, standard, measured(u=""))
    with pytest.raises(InputRefused, match="正数"):
        walk.measure(cast, task, standard, measured(u="-1"))
    version = budget_save(
        actor=cast.actor("verifier"),
        organisation=cast.body,
        name="评定",
        evaluation=evaluate(*example("pressure_gauge")),
    )

    data = measured(u="")
    record = record_submit(
        actor=cast.actor("verifier"), task=task, data=data | {"regime": task.regime}, verified_on=DAY,
        standards=[standard], budget=version,
    )  # fmt: skip
    made = certificate_issue(actor=cast.actor("approver"), record=walk.approve(cast, record))
    assert made.budgets.get().sha256 == version.sha256
    shown = page_model(made.content)
    assert any("评定 v1" in note for note in shown["notes"])
    assert len(shown["results_head"]) == 2, "no column of U where the budget states it"
    assert all(len(row) == 2 for row in shown["results"])
    own = [note for note in shown["notes"] if "评定 v1" not in note]
    assert not any("k = 2" in note for note in own), "the factor is the budget's to name"


def test_a_calibration_takes_some_points_a_verification_all(cast, scale, standard):
    task = task_of(cast, scale, "mandatory")
    with pytest.raises(DraftRefused):
        walk.measure(cast, task, standard, measured())


def test_a_calibration_needs_traceability_and_no_state_qualification(cast, scale, standard):
    qualification_end(
        actor=cast.actor("manager"), qualification=Qualification.objects.get(), on=date(2026, 1, 1), reason="离岗"
    )
    assert walk.measure(cast, task_of(cast, scale, "calibration"), standard, measured()).pk
    untraced = standard_enter(
        actor=cast.actor("manager"), organisation=cast.body, name="未溯源", level="working", items=[cast.scale]
    )
    other = walk.make_instrument(cast, "SC0002", cast.scale, "电子计价秤")
    with pytest.raises(NotInOrder, match="未溯源"):
        walk.measure(cast, task_of(cast, other, "calibration"), untraced, measured())


def test_a_test_gives_a_report_with_values(cast, scale, standard):
    made = issued(cast, task_of(cast, scale, "testing", fee=Decimal(80)), standard, measured(u=""))
    assert made.kind == "report" and page_model(made.content)["title"] == "检测报告"
    assert read_certificate(made.xml.encode()).kind == "test_report"


def test_a_value_without_uncertainty_has_the_digits_of_its_rule_not_of_the_arithmetic():
    long = {"value": "-0.0884102670808141937321793005", "rounded": "-0.09"}
    assert as_found(long) == "-0.09"
    assert as_found({"value": "1000.25", "rounded": "1000"}) == "1000.25", "a reading stands as it was read"
    assert as_found(long | {"rounded": long["value"]}) == "-0.088410", "where the rule rounds nothing"


def test_withdrawing_a_calibration_leaves_the_ledger_alone(cast, scale, standard):
    made = issued(cast, task_of(cast, scale, "calibration"), standard, measured())
    before = scale.states.current().get()
    certificate_withdraw(actor=cast.actor("approver"), certificate=made, reason="数据有误")
    assert scale.states.current().get().pk == before.pk


def test_a_verification_that_changes_hands_in_the_middle_is_proved_to_whoever_has_it(cast, scale, standard):
    task = task_of(cast, scale, "mandatory")
    heir = make_organisation("量县新加油站", cast.county)
    instrument_transfer(actor=cast.actor("authority"), instrument=scale, owner=heir, reason="转让", on=DAY)
    task_follow(actor=cast.actor("manager"), task=task)
    made = issued(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    assert made.owner == heir
    assert scale.states.current().get().last_result == "pass"


def test_the_pages_take_and_show_a_calibration(cast, scale, standard, client):
    task = task_of(cast, scale, "calibration")
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/verification/tasks/{task.pk}/measure/").content.decode()
    assert "U（k = 2）" in page and "不确定度评定" in page
    record = walk.measure(cast, task, standard, measured())
    shown = client.get(f"/verification/records/{record.pk}/").content.decode()
    assert "校准" in shown and "结论" not in shown
    assert U in client.get(f"/verification/records/{record.pk}/?tab=records").content.decode()
